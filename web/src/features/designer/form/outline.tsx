import { memo, useState } from 'react';
import { fieldOf, type ItemPath, itemWords, type LayoutItem, listsIn, visiblePaths } from '@/lib/definition';
import { IconChevronDown, IconChevronRight } from '@/ui/icons';
import css from './form.module.css';
import { iconOf, KindIcon } from './kind-icon';
import { treeKeys } from './tree-keys';
import { type Acts, useFormDesign } from './use-design';

/** The form as a list of names: for long forms, and for moving about in them. */
export function Outline() {
  const { doc, layout, path, acts } = useFormDesign();
  const [folded, setFolded] = useState<Set<ItemPath>>(new Set());
  const fold = (at: ItemPath, shut: boolean) => {
    if (folded.has(at) === shut) return false;
    const holds = visiblePaths(layout, () => false).some((other) => other.startsWith(`${at}.`));
    if (!holds) return false;
    setFolded((now) => {
      const next = new Set(now);
      if (shut) next.add(at);
      else next.delete(at);
      return next;
    });
    return true;
  };
  if (layout.length === 0) return <p className={css.quiet}>Nothing is in the form yet.</p>;
  const keys = treeKeys({
    scope: 'outline',
    layout,
    hidden: (at) => folded.has(at),
    acts,
    carrying: () => false,
    fold,
  });
  const lines = (items: LayoutItem[], list: string, level: number): React.ReactNode =>
    items.map((item, index) => {
      const at = list === '' ? String(index) : `${list}.${index}`;
      const name = itemWords(doc, item);
      const inner = listsIn(item, at);
      const shut = folded.has(at);
      return (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are typed
          key={index}
          at={at}
          level={level}
          name={name}
          icon={iconOf(item, item.field === undefined ? undefined : fieldOf(doc, item.field)?.type)}
          chosen={path === at}
          stop={path === at || (path === undefined && at === '0')}
          folded={inner.length > 0 ? shut : undefined}
          acts={acts}
          fold={fold}
        >
          {!shut &&
            inner.map((one, n) => (
              // biome-ignore lint/a11y/useSemanticElements: a group of a tree, not of controls
              <div role="group" key={one}>
                {item.tabs && (
                  <div className={css.tabLine} style={{ '--level': level } as React.CSSProperties}>
                    {item.tabs[n]?.label}
                  </div>
                )}
                {lines(
                  item.tabs
                    ? (item.tabs[n]?.items ?? [])
                    : (item.items ?? item.columns ?? item.rows ?? item.grid ?? []),
                  one,
                  level + 1,
                )}
              </div>
            ))}
        </Line>
      );
    });
  return (
    <div role="tree" aria-label="Outline of the form" data-tree="outline" className={css.outline} {...keys}>
      {lines(layout, '', 1)}
    </div>
  );
}

type LineProps = {
  at: ItemPath;
  level: number;
  name: string;
  icon: string;
  chosen: boolean;
  stop: boolean;
  folded: boolean | undefined;
  acts: Acts;
  fold: (at: ItemPath, shut: boolean) => boolean;
  children: React.ReactNode;
};

const Line = memo(function Line({ at, level, name, icon, chosen, stop, folded, acts, fold, children }: LineProps) {
  const Arrow = folded ? IconChevronRight : IconChevronDown;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
    <div
      role="treeitem"
      aria-level={level}
      aria-selected={chosen}
      aria-expanded={folded === undefined ? undefined : !folded}
      aria-label={name}
      tabIndex={stop ? 0 : -1}
      data-path={at}
      className={css.lineItem}
      onFocus={(event) => event.target === event.currentTarget && acts.choose(at)}
      onClick={(event) => {
        event.stopPropagation();
        event.currentTarget.focus();
      }}
    >
      <span className={css.lineName} style={{ '--level': level } as React.CSSProperties} title={name}>
        {folded === undefined ? (
          <span className={css.lineFold} />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; arrow keys do the same
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          <span
            className={css.lineFold}
            onClick={(event) => {
              event.stopPropagation();
              fold(at, !folded);
            }}
          >
            <Arrow size={13} aria-hidden />
          </span>
        )}
        <KindIcon icon={icon} size={14} />
        <span className={css.lineWords}>{name}</span>
      </span>
      {children}
    </div>
  );
});
