import pg from 'pg';

/** Runs once after all tests: removes the database that those of the tests were copied from (see backends.ts). */
export default async function leaveServices(): Promise<void> {
  const { FOUND_POSTGRES: admin, POSTGRES_TEMPLATE: template } = process.env;
  if (!admin || !template) return;
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  for (const name of [template, `${template}_making`])
    await client.query(`drop database if exists ${name} with (force)`);
  await client.end();
}
