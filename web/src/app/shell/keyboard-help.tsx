import { actKeys } from '@/ui/act-keys';
import { Dialog } from '@/ui/dialog';
import { commandKey } from '@/ui/hotkeys';
import { Key } from '@/ui/kbd';
import classes from './keyboard-help.module.css';

type Shortcut = [keys: string[], does: string];
const groups: [where: string, shortcuts: Shortcut[]][] = [
  [
    'Everywhere',
    [
      [[commandKey, 'K'], 'Go to, start or find'],
      [['?'], 'This help'],
      [['Esc'], 'Close what is open'],
    ],
  ],
  ['Workflows', [[['/'], 'Search']]],
  [
    'Lists of requests',
    [
      [['j'], 'Next'],
      [['k'], 'Previous'],
      [['Enter'], 'Open'],
      [['x'], 'Select, to decide several at once'],
    ],
  ],
  [
    'A request, in the inbox and on its page',
    [
      [[actKeys.approve], 'Approve, or the first way on'],
      [[actKeys.reject], 'Reject'],
      [[actKeys.sendBack], 'Send back'],
      [[actKeys.take], 'Take what is offered to several (claim)'],
      [[actKeys.handOn], 'Hand on to a colleague (reassign)'],
      [[actKeys.comment], 'Write a comment'],
      [[actKeys.watch], 'Watch it, or stop watching'],
      [[actKeys.undo], `Take back what you decided last, for a minute; also ${commandKey} Z`],
      [[commandKey, 'Enter'], 'Send what is written in a dialog'],
    ],
  ],
  ['The path of a workflow', [[['↑', '↓', '←', '→'], 'From step to step']]],
];

/** Every key that does something, in one place. */
export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <div className={classes.groups}>
        {groups.map(([where, shortcuts]) => (
          <section key={where}>
            <h3 className={classes.where}>{where}</h3>
            <dl className={classes.list}>
              {shortcuts.map(([keys, does]) => (
                <div key={does}>
                  <dt>
                    {keys.map((key) => (
                      <Key key={key}>{key}</Key>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.note}>Single keys can be switched off in your account.</p>
    </Dialog>
  );
}
