/** The definition document and everything that changes it: pure, so that undo comes free and every change is tested. */
export * from './canvas';
export * from './document';
export * from './form';
export * from './history';
export * from './layout';
export * from './modes';
export * from './names';
export * from './presets';
export * from './rules';
export * from './steps';
