import { asText, type FieldType } from '../field-type';
import { PlainEdit } from './plain';
import read from './read.module.css';

/** Only web addresses: what a person clicks must not run code. */
export function webAddress(value: unknown): URL | undefined {
  const text = asText(value).trim();
  if (!text || text.length > 2000 || /\s/.test(text)) return undefined;
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.hostname && !url.username ? url : undefined;
  } catch {
    return undefined;
  }
}

export const url: FieldType = {
  kind: 'text',
  parse: (_, value) =>
    webAddress(value)
      ? { value: asText(value).trim() }
      : { wrong: 'must be a web address that begins with https:// or http://' },
  Edit: (props) => <PlainEdit {...props} type="url" inputMode="url" />,
  Read: ({ value }) => {
    const to = webAddress(value);
    if (!to) return <span className={read.text}>{asText(value)}</span>;
    return (
      <a className={read.text} href={to.href} target="_blank" rel="noreferrer noopener">
        {asText(value).replace(/^https?:\/\//, '')}
        <span className="hs-visually-hidden"> (opens in a new tab)</span>
      </a>
    );
  },
};
