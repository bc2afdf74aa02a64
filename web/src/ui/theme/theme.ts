import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Stamp ink: the one accent. Shade 6 is 7.2 : 1 on white, shade 4 is 6.3 : 1 on the dark surface. */
const ink: MantineColorsTuple = [
  '#eff1fd',
  '#dee2fa',
  '#bcc5f5',
  '#97a4f0',
  '#7f8eec',
  '#5667dc',
  '#3a4cc4',
  '#3040aa',
  '#283690',
  '#1f2a73',
];

const gray: MantineColorsTuple = [
  '#f7f7f9',
  '#f0f1f4',
  '#e6e7ec',
  '#d6d8df',
  '#b9bdc8',
  '#8b90a0',
  '#696e7f',
  '#525767',
  '#373b48',
  '#1a1d27',
];

const dark: MantineColorsTuple = [
  '#e7e9ef',
  '#b3b8c4',
  '#9aa0ae',
  '#6b7180',
  '#3b404c',
  '#2b303a',
  '#20242c',
  '#181b21',
  '#101216',
  '#0b0c0f',
];

const fonts =
  'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, Ubuntu, Cantarell, "Noto Sans", "DejaVu Sans", sans-serif';

/** Mantine's own components dressed in the product's tokens. Sizes are dense: people read lists here all day. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 6, dark: 5 },
  colors: { ink, gray, dark },
  black: '#1a1d27',
  autoContrast: false,
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '10px', xl: '16px' },
  fontFamily: fonts,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.35' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  headings: { fontFamily: fonts, fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  // By name and not with `Modal.extend`: naming a component here must not put it into the first load.
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'sm' } },
    Radio: { defaultProps: { size: 'sm' } },
    InputWrapper: {
      defaultProps: { size: 'sm' },
      styles: { label: { fontWeight: 550, marginBottom: 4 }, description: { fontSize: '0.75rem', marginBottom: 4 } },
    },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end', width: 220 } },
    ModalRoot: { defaultProps: { yOffset: '10vh', radius: 'lg', padding: 'lg' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
  },
});

/** Mantine's own greys and reds fall short of WCAG AA in places; these are measured. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--hs-muted)',
    '--mantine-color-placeholder': '#696e7f',
    '--mantine-color-error': 'var(--hs-red-text)',
    '--mantine-color-default-border': 'var(--hs-line-strong)',
    '--mantine-color-anchor': 'var(--hs-accent-text)',
  },
  dark: {
    '--mantine-color-body': 'var(--hs-canvas)',
    '--mantine-color-dimmed': 'var(--hs-muted)',
    '--mantine-color-placeholder': '#9aa0ae',
    '--mantine-color-error': 'var(--hs-red-text)',
    '--mantine-color-default': 'var(--hs-surface)',
    '--mantine-color-default-border': 'var(--hs-line-strong)',
    '--mantine-color-anchor': 'var(--hs-accent-text)',
  },
});
