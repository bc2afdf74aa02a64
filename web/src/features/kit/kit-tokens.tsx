import classes from './kit-page.module.css';

const colours = [
  ...['canvas', 'chrome', 'surface', 'sunken', 'hover', 'line', 'line-strong', 'control'],
  ...['text', 'soft', 'muted', 'accent', 'accent-text', 'accent-soft'],
  ...['green', 'red', 'amber', 'gray'].flatMap((tone) => [`${tone}-text`, `${tone}-soft`]),
];

export function ColourKit() {
  return (
    <div className={classes.swatches}>
      {colours.map((name) => (
        <div key={name} className={classes.swatch}>
          <div className={classes.colour} style={{ background: `var(--hs-${name})` }} />
          {name}
        </div>
      ))}
    </div>
  );
}

const sizes = ['2xl', 'xl', 'lg', 'md', 'sm', 'xs'];

export function TypeKit() {
  return (
    <div className={classes.stack}>
      {sizes.map((size) => (
        <div key={size} style={{ fontSize: `var(--hs-size-${size})` }}>
          <span style={{ fontWeight: 'var(--hs-weight-strong)' }}>Leave application</span>{' '}
          <span style={{ fontWeight: 'var(--hs-weight-medium)' }}>from Asha Rao</span> since Tuesday{' '}
          <span className={classes.quiet}>{size}</span>
        </div>
      ))}
    </div>
  );
}

export function ShapeKit() {
  return (
    <div className={classes.stack}>
      {[1, 2, 3, 4, 5, 6, 7].map((step) => (
        <div key={step} className={classes.row}>
          <span className={classes.quiet}>space {step}</span>
          <div className={classes.measure} style={{ width: `var(--hs-space-${step})` }} />
        </div>
      ))}
      <div className={classes.row}>
        {['sm', 'md', 'lg', 'xl'].map((name) => (
          <div key={name} className={classes.swatch}>
            <div className={classes.corner} style={{ borderRadius: `var(--hs-radius-${name})` }} />
            {name}
          </div>
        ))}
      </div>
    </div>
  );
}
