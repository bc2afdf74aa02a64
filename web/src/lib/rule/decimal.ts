/** n / 10^scale, exactly. Money and sums are counted in it, because 0.1 + 0.2 is not 0.3 in doubles. */
export type Decimal = { n: bigint; scale: number };

/** Digits with an optional sign and fraction; an exponent is refused. */
export function parseDecimal(text: string): Decimal | undefined {
  const m = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!m) return undefined;
  const n = BigInt((m[2] ?? '') + (m[3] ?? ''));
  return { n: m[1] ? -n : n, scale: m[3]?.length ?? 0 };
}

/** The shortest decimal that reads back as x. */
export function decimalOf(x: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(x).split('e');
  const d = parseDecimal(mantissa) ?? { n: 0n, scale: 0 };
  const shift = Number(exponent);
  if (shift >= d.scale) return { n: d.n * 10n ** BigInt(shift - d.scale), scale: 0 };
  return { n: d.n, scale: d.scale - shift };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { n: a.n * 10n ** BigInt(scale - a.scale) + b.n * 10n ** BigInt(scale - b.scale), scale };
}

export type Tie = 'away' | 'even';

/** Rounds to a number of digits; exactly half goes away from zero or to the even neighbour. */
export function roundDecimal(d: Decimal, digits: number, tie: Tie): Decimal {
  if (d.scale <= digits) return { n: d.n * 10n ** BigInt(digits - d.scale), scale: digits };
  const unit = 10n ** BigInt(d.scale - digits);
  const size = d.n < 0n ? -d.n : d.n;
  let q = size / unit;
  const twice = (size % unit) * 2n;
  if (twice > unit || (twice === unit && (tie === 'away' || q % 2n === 1n))) q += 1n;
  return { n: d.n < 0n ? -q : q, scale: digits };
}

/** All digits of the scale: "12.50". */
export function decimalText(d: Decimal): string {
  let s = String(d.n < 0n ? -d.n : d.n);
  if (d.scale > 0) {
    s = s.padStart(d.scale + 1, '0');
    s = `${s.slice(0, -d.scale)}.${s.slice(-d.scale)}`;
  }
  return d.n < 0n ? `-${s}` : s;
}

export const decimalNumber = (d: Decimal): number => Number(decimalText(d));

const minor: Record<string, number> = {
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};
for (const code of 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ')) minor[code] = 0;

/** The decimals of a currency (ISO 4217), undefined when the code is not three capital letters. */
export const minorUnits = (currency: string): number | undefined =>
  /^[A-Z]{3}$/.test(currency) ? (minor[currency] ?? 2) : undefined;
