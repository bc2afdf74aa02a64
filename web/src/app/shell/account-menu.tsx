import { Menu, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import type { Me } from '@/api/types';
import { Avatar } from '@/ui/avatar';
import { Bone } from '@/ui/feedback';
import { IconChevronDown, IconKeyboard, IconLogout, IconMoon, IconSun, IconUserCircle } from '@/ui/icons';
import { Key } from '@/ui/kbd';
import { LinkItem } from '@/ui/link-button';
import { signOutAndLeave } from '../sign-out';
import classes from './shell.module.css';

/** Who is signed in, and what belongs to them: account, colours, sign-out. */
export function AccountMenu({ me, onHelp }: { me: Me | undefined; onHelp: () => void }) {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  if (!me) return <Bone height={40} />;
  const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;
  return (
    <Menu position="top-start">
      <Menu.Target>
        <UnstyledButton className={classes.who} aria-label={`Account of ${me.user.name}`}>
          <Avatar name={me.user.name} size={28} />
          <span className={classes.whoWords}>
            <span className={classes.whoName}>{me.user.name}</span>
            <span className={classes.whoAbout}>{me.user.designation || me.user.email}</span>
          </span>
          <IconChevronDown size={15} stroke={1.8} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <LinkItem leftSection={<IconUserCircle {...icon} />} to="/account">
          Your account
        </LinkItem>
        <Menu.Item
          leftSection={dark ? <IconSun {...icon} /> : <IconMoon {...icon} />}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {dark ? 'Light colours' : 'Dark colours'}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard {...icon} />} rightSection={<Key>?</Key>} onClick={onHelp}>
          Keyboard
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout {...icon} />} onClick={() => void signOutAndLeave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
