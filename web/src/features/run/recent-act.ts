/** The run the reader has just acted on, so that its page can say what comes next. It lives as long as the page. */
let acted: { run: string; at: number } | undefined;
const freshFor = 60_000;

export const noteAct = (run: string): void => {
  acted = { run, at: Date.now() };
};

export const justActed = (run: string): boolean => acted?.run === run && Date.now() - acted.at < freshFor;
