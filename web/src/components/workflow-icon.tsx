import {
  IconBeach,
  IconBriefcase,
  IconBuildingBank,
  IconCalendar,
  IconCar,
  IconChartBar,
  IconChecklist,
  IconCoin,
  IconContract,
  IconCreditCard,
  IconDeviceLaptop,
  IconFileInvoice,
  IconForms,
  IconGift,
  IconHeart,
  IconKey,
  IconPlane,
  IconReceipt,
  IconReceipt2,
  IconSchool,
  IconShieldCheck,
  IconShoppingCart,
  IconTarget,
  IconTool,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { toneOf } from '@/ui/avatar';
import classes from './workflow-icon.module.css';

type Icon = ComponentType<{ size?: number; stroke?: number }>;

/** The icons a definition may name, by their Tabler name. Another name gets the plain form. */
const icons: Record<string, Icon> = {
  beach: IconBeach,
  briefcase: IconBriefcase,
  'building-bank': IconBuildingBank,
  calendar: IconCalendar,
  car: IconCar,
  checklist: IconChecklist,
  coin: IconCoin,
  contract: IconContract,
  'credit-card': IconCreditCard,
  'device-laptop': IconDeviceLaptop,
  'file-invoice': IconFileInvoice,
  gift: IconGift,
  heart: IconHeart,
  key: IconKey,
  plane: IconPlane,
  'chart-bar': IconChartBar,
  receipt: IconReceipt,
  'receipt-2': IconReceipt2,
  school: IconSchool,
  'shield-check': IconShieldCheck,
  'shopping-cart': IconShoppingCart,
  target: IconTarget,
  tool: IconTool,
  'user-plus': IconUserPlus,
  users: IconUsers,
};

/** The icons there are. */
export const iconNames = Object.keys(icons).sort();

/** The sign of a workflow. Decorative. */
export function WorkflowIcon({ workflow, size = 30 }: { workflow: { key: string; icon?: string }; size?: number }) {
  const Icon = icons[(workflow.icon ?? '').replace(/^Icon/, '').toLowerCase()] ?? IconForms;
  return (
    <span aria-hidden className={classes.tile} data-tone={toneOf(workflow.key)} style={{ width: size, height: size }}>
      <Icon size={size * 0.6} stroke={1.7} />
    </span>
  );
}
