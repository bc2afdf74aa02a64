/** The keys of what is done with a request: the same beside a list and on its page. */
export const actKeys = {
  approve: 'a',
  reject: 'r',
  sendBack: 'b',
  take: 't',
  handOn: 'h',
  comment: 'c',
  watch: 'w',
  undo: 'z',
} as const;
