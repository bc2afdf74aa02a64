import { type Definition, fieldsOf, patched, stepsOf, titled } from '@/lib/definition';
import classes from '../designer.module.css';
import { useEditor } from '../editor';
import { SelectSetting, SwitchSetting } from './controls';

type Absence = NonNullable<Definition['absence']>;

/** For leave: once a request has ended well, its requester is away, and somebody stands in. */
export function AbsenceSettings() {
  const { doc, edit } = useEditor();
  const { absence } = doc;
  const put = (next: Absence | undefined) => edit((d) => patched({ ...d }, { absence: next }));
  const set = (patch: Partial<Absence>) =>
    absence && put({ ...patched(absence, patch), outcome: patch.outcome ?? absence.outcome });
  const outcomes = [...new Set(stepsOf(doc).flatMap((s) => (s.type === 'end' ? [s.outcome || s.id] : [])))];
  const holding = (type: string) =>
    fieldsOf(doc).flatMap((f) => (f.type === type ? [{ value: f.name, label: f.label || titled(f.name) }] : []));
  const first = (type: string) => holding(type)[0]?.value;
  const begin = (): Absence => {
    const period = first('date_range');
    const outcome = outcomes.includes('approved') ? 'approved' : (outcomes[0] ?? 'approved');
    if (period) return { outcome, period };
    return patched<Absence>({ outcome }, { from: first('date'), until: holding('date')[1]?.value });
  };
  return (
    <>
      <SwitchSetting
        label="The requester is away when it is approved"
        description="For leave: enters the absence by itself, so that tasks go to who stands in."
        value={absence !== undefined}
        onChange={(on) => put(on ? begin() : undefined)}
      />
      {absence && (
        <div className={classes.card}>
          <SelectSetting
            label="When it ends with"
            path="absence.outcome"
            options={outcomes.map((outcome) => ({ value: outcome, label: titled(outcome) }))}
            value={absence.outcome}
            onChange={(outcome) => set({ outcome })}
          />
          <SelectSetting
            label="Period"
            path="absence.period"
            clearable
            placeholder="In two fields"
            options={holding('date_range')}
            value={absence.period}
            onChange={(period) => set(period ? { period, from: undefined, until: undefined } : { period })}
          />
          {!absence.period && (
            <>
              <SelectSetting
                label="First day"
                path="absence.from"
                options={holding('date')}
                value={absence.from}
                onChange={(from) => set({ from })}
              />
              <SelectSetting
                label="Last day"
                path="absence.until"
                options={holding('date')}
                value={absence.until}
                onChange={(until) => set({ until })}
              />
            </>
          )}
          <SelectSetting
            label="Who stands in"
            path="absence.stand_in"
            clearable
            placeholder="Nobody"
            options={holding('user')}
            value={absence.stand_in}
            onChange={(stand_in) => set({ stand_in })}
          />
        </div>
      )}
    </>
  );
}
