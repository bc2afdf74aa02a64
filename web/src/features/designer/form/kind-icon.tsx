import {
  IconAlignLeft,
  IconArrowsHorizontal,
  IconBuilding,
  IconCalendar,
  IconCalendarTime,
  IconCircleDot,
  IconClock,
  IconCoin,
  IconColumns2,
  IconFolders,
  IconHash,
  IconHeading,
  IconHourglass,
  IconInfoSquare,
  IconLayoutGrid,
  IconLayoutRows,
  IconLink,
  IconListCheck,
  IconMail,
  IconPhone,
  IconSeparatorHorizontal,
  IconStar,
  IconTable,
  IconToggleLeft,
  IconTypography,
  IconUser,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { kindOf, kindOfType, type LayoutItem, layoutKind } from '@/lib/definition';

type Icon = ComponentType<{ size?: number; stroke?: number; className?: string }>;

/** The drawings of the kinds, by the words that the list of kinds uses. */
const icons: Record<string, Icon> = {
  text: IconTypography,
  paragraph: IconAlignLeft,
  mail: IconMail,
  phone: IconPhone,
  link: IconLink,
  number: IconHash,
  money: IconCoin,
  star: IconStar,
  calendar: IconCalendar,
  range: IconArrowsHorizontal,
  calendarTime: IconCalendarTime,
  clock: IconClock,
  hourglass: IconHourglass,
  choice: IconCircleDot,
  choices: IconListCheck,
  yesNo: IconToggleLeft,
  person: IconUser,
  department: IconBuilding,
  table: IconTable,
  note: IconInfoSquare,
  section: IconHeading,
  columns: IconColumns2,
  rows: IconLayoutRows,
  grid: IconLayoutGrid,
  tabs: IconFolders,
  divider: IconSeparatorHorizontal,
};

export function KindIcon({ icon, size = 16 }: { icon: string; size?: number }) {
  const Drawn = icons[icon] ?? IconTypography;
  return <Drawn size={size} stroke={1.7} aria-hidden />;
}

/** The word for the drawing of an entry. */
export const iconOf = (item: LayoutItem, type: string | undefined): string =>
  (item.field === undefined ? layoutKind(kindOf(item))?.icon : kindOfType(type ?? '')?.icon) ?? 'text';
