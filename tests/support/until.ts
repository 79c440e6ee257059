/** Waits until the condition holds; fails after `limit` milliseconds. For things that happen soon but not now. */
export async function until(condition: () => boolean | Promise<boolean>, limit = 15_000): Promise<void> {
  const started = Date.now();
  while (!(await condition())) {
    if (Date.now() - started > limit) throw new Error(`It did not happen within ${limit} milliseconds.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
