import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '@/ui/dialog';
import { Banner, Empty, Failure, LoadingRows } from '@/ui/feedback';
import { IconInbox } from '@/ui/icons';
import { Key } from '@/ui/kbd';
import { SearchBox } from '@/ui/search-box';
import { say } from '@/ui/toast';
import classes from './kit-page.module.css';

export function ActsKit() {
  const [open, setOpen] = useState(false);
  const [words, search] = useState('');
  return (
    <div className={classes.stack}>
      <div className={classes.row}>
        <Button onClick={() => say('LEAVE-42 is with Meera Iyer now.')}>The one thing to do</Button>
        <Button variant="default" onClick={() => say('Ravi Menon was faster: he decided it at 14:02.', 'red')}>
          Another
        </Button>
        <Button variant="default" loading>
          Under way
        </Button>
        <Button disabled>Not now</Button>
        <Button variant="default" onClick={() => setOpen(true)}>
          A question <Key>q</Key>
        </Button>
      </div>
      <SearchBox label="Search this list" value={words} onChange={search} />
      {open && (
        <Dialog title="A question to answer first" onClose={() => setOpen(false)}>
          Escape and a press beside it close it.
        </Dialog>
      )}
    </div>
  );
}

export function StatesKit() {
  return (
    <div className={classes.stack}>
      <LoadingRows rows={2} label="Loading, as an example" />
      <Banner title="Good to know">Something that helps and needs nothing.</Banner>
      <Banner tone="green">It is done.</Banner>
      <Banner tone="amber" title="Look at this">
        Something that will need attention.
      </Banner>
      <Banner tone="red" title="Somebody was faster">
        What happened, and what to do now.
      </Banner>
      <Empty icon={<IconInbox size={20} stroke={1.7} />} title="Nothing waits for you">
        Why that is fine, and what could be done.
      </Empty>
      <Failure
        title="The server does not answer"
        detail="What happened and what to do. What you sent before is safe."
        reference="01a21d1d-f410"
        onRetry={() => say('Tried again.')}
      />
    </div>
  );
}
