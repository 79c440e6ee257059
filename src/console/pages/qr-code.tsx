import qrcode from 'qrcode-generator';

/** Empty border a reader needs, in modules (ISO/IEC 18004 asks for four). */
const QUIET = 4;

/** A QR code as one SVG path, in place: no image address, no style, so the content security policy stays as it is. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const numbers = Array.from({ length: count }, (_, index) => index);
  const dark = numbers.flatMap((row) =>
    numbers.flatMap((column) =>
      code.isDark(row, column) ? [`M${column + QUIET} ${row + QUIET}h1v1h-1z`] : [],
    ),
  );
  const size = count + 2 * QUIET;
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
}
