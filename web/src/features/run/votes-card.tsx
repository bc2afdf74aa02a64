import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Run } from '@/api/types';
import { Avatar } from '@/ui/avatar';
import { Card } from '@/ui/card';
import { IconCheck, IconX } from '@/ui/icons';
import { usePrinting } from '@/ui/printing';
import { Moment } from '@/ui/time';
import classes from './votes-card.module.css';

type Vote = Run['votes'][number];
type Group = Vote['groups'][number];
type Voice = Vote['voices'][number];

/** How the decisions stand that several people make. */
export function VotesCards({ run }: { run: Run }) {
  return run.votes.map((vote) => (
    <Card key={vote.seq} title={`Decided together: ${vote.step_name}`}>
      <ul className={classes.groups}>
        {vote.groups.map((group) => (
          <GroupState key={group.name ?? ''} group={group} />
        ))}
      </ul>
      <Voices voices={vote.voices} />
    </Card>
  ));
}

/** More voices than this are shown when they are asked for. */
const most = 8;

function Voices({ voices }: { voices: Voice[] }) {
  const [whole, setWhole] = useState(false);
  const printing = usePrinting();
  const shown = whole || printing || voices.length <= most ? voices : voices.slice(0, most - 1);
  return (
    <ul className={classes.voices}>
      {shown.map((voice) => (
        <VoiceLine key={voice.person.id} voice={voice} />
      ))}
      {shown.length < voices.length && (
        <li>
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setWhole(true)}>
            Show {voices.length - shown.length} more
          </Button>
        </li>
      )}
    </ul>
  );
}

/** "2 of 3 needed are for it". */
export function standing(group: Group): string {
  const { asked, need } = group;
  const all = need === asked ? (asked === 1 ? 'the one asked' : `all ${asked}`) : `${need} of ${asked}`;
  const against = group.against > 0 ? `, ${group.against} against` : '';
  return `${group.for} for it${against}; needs ${all}`;
}

function GroupState({ group }: { group: Group }) {
  return (
    <li className={classes.group}>
      <span className={classes.count}>
        {group.name && <b>{group.name}: </b>}
        {standing(group)}
      </span>
      <span className={classes.bar} aria-hidden>
        <span className={classes.for} style={{ flexGrow: Math.min(group.for, group.need) }} />
        <span className={classes.rest} style={{ flexGrow: Math.max(0, group.need - group.for) }} />
      </span>
    </li>
  );
}

function VoiceLine({ voice }: { voice: Voice }) {
  const { person, status } = voice;
  const about = [
    voice.group,
    voice.asked_by && `asked by ${voice.asked_by.name}`,
    voice.on_behalf_of && `for ${voice.on_behalf_of.name}`,
  ];
  return (
    <li className={classes.voice}>
      <Avatar name={person.name} size={26} />
      <span className={classes.words}>
        <span className={classes.name}>{person.name}</span>
        <span className={classes.about}>
          {about.filter(Boolean).join(' · ')}
          {voice.at && (
            <span>
              <Moment at={voice.at} />
            </span>
          )}
        </span>
      </span>
      <span className={classes.said} data-said={status === 'completed' ? side(voice) : undefined}>
        {status === 'completed' &&
          (side(voice) === 'against' ? (
            <IconX size={13} stroke={2.4} aria-hidden />
          ) : (
            <IconCheck size={13} stroke={2.4} aria-hidden />
          ))}
        {saidBy(voice)}
      </span>
    </li>
  );
}

const side = (voice: Voice) => (voice.decision === 'reject' ? 'against' : 'for');

function saidBy(voice: Voice): string {
  if (voice.status === 'queued') return 'later';
  if (voice.status === 'open') return 'not yet';
  return voice.transition || (side(voice) === 'against' ? 'Against' : 'For it');
}
