import { ActionIcon, Button } from '@mantine/core';
import { useReactFlow } from '@xyflow/react';
import { commandKey } from '@/ui/hotkeys';
import { IconMap, IconMinus, IconPlus, IconSearch, IconWand, IconZoomScan } from '@/ui/icons';
import { calm } from './acts';
import classes from './flow.module.css';
import { useActs } from './use-flow';

type ToolsProps = { map: boolean; onMap: (() => void) | undefined };

/** What is done with the canvas as a whole. */
export function Tools({ map, onMap }: ToolsProps) {
  const view = useReactFlow();
  const acts = useActs();
  const moved = { duration: calm() ? 0 : 160 };
  const tools = [
    { label: 'Zoom out', icon: IconMinus, act: () => void view.zoomOut(moved) },
    { label: 'Zoom in', icon: IconPlus, act: () => void view.zoomIn(moved) },
    { label: 'Show everything', icon: IconZoomScan, act: () => acts.showAll(), hint: 'f' },
    { label: 'Find a step', icon: IconSearch, act: acts.search, hint: `/ or ${commandKey} F` },
  ];
  return (
    <fieldset className={classes.tools} aria-label="View">
      {tools.map(({ label, icon: Icon, act, hint }) => (
        <ActionIcon
          key={label}
          variant="subtle"
          color="gray"
          size={32}
          aria-label={label}
          title={hint ? `${label} (${hint})` : label}
          onClick={act}
        >
          <Icon size={17} aria-hidden />
        </ActionIcon>
      ))}
      {onMap && (
        <ActionIcon
          variant={map ? 'light' : 'subtle'}
          color={map ? undefined : 'gray'}
          size={32}
          aria-label="Overview"
          title="Overview"
          aria-pressed={map}
          onClick={onMap}
        >
          <IconMap size={17} aria-hidden />
        </ActionIcon>
      )}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        className={classes.tidy}
        leftSection={<IconWand size={16} aria-hidden />}
        title="Puts all steps in rows, from the start to the ends"
        onClick={acts.tidy}
      >
        Tidy
      </Button>
    </fieldset>
  );
}
