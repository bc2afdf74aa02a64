import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import classes from './dialog.module.css';

type DialogProps = {
  title: string;
  onClose: () => void;
  /**
   * A place to work in: wide, the whole screen of a phone, and not closed by a press beside it, which
   * would throw away what was done.
   */
  workplace?: boolean;
  children: ReactNode;
};

/**
 * Something that must be answered before going on. Escape and a press beside it close it. Its head is
 * no <header>: that would be a second banner of the page.
 */
export function Dialog({ title, onClose, workplace = false, children }: DialogProps) {
  const phone = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  useFocusBack();
  return (
    <Modal.Root
      opened
      onClose={onClose}
      classNames={{ content: classes.content }}
      {...(workplace && { size: 880, fullScreen: phone, closeOnClickOutside: false, yOffset: '5vh' })}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes.head}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Who closes it goes on where he was, unless the page knows a better place. */
function useFocusBack() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        const lost = document.activeElement === document.body;
        if (lost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
