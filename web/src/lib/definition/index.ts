/** The definition document and everything that changes it: pure, so that undo comes free and every change is tested. */

export * from './arrange';
export * from './canvas';
export * from './clipboard';
export * from './document';
export * from './form';
export * from './history';
export * from './kinds';
export * from './layout';
export * from './modes';
export * from './names';
export * from './presets';
export * from './rules';
export * from './steps';
