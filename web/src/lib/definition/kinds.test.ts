import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fieldTypes } from '@/components/form-renderer/fields/registry';
import { asType, fieldKinds, kindGroups, kindOfType, layoutKinds, paletteEntries } from '.';

const types: Record<string, string[]> = JSON.parse(readFileSync('../internal/core/form/testdata/types.json', 'utf8'));

describe('the kinds of fields', () => {
  it('are those of the server, with the settings that mean something there', () => {
    const ours = Object.fromEntries(fieldKinds.map((kind) => [kind.type, [...kind.settings].sort()]));
    const theirs = Object.fromEntries(Object.entries(types).map(([type, members]) => [type, [...members].sort()]));
    expect(ours).toEqual(theirs);
  });

  it('are those that forms can draw', () => {
    expect(fieldKinds.map((kind) => kind.type).sort()).toEqual(fieldTypes().sort());
  });

  it('stand in the palette once each, in a group that is shown', () => {
    expect(new Set(paletteEntries.map((entry) => entry.id)).size).toBe(fieldKinds.length + layoutKinds.length);
    expect(paletteEntries.filter((entry) => !kindGroups.includes(entry.group))).toEqual([]);
  });

  it('turn only into types that there are', () => {
    const wrong = fieldKinds.flatMap((kind) => (kind.becomes ?? []).filter((type) => !kindOfType(type)));
    expect(wrong).toEqual([]);
  });

  it('set only what means something for them when they are new', () => {
    const wrong = fieldKinds.flatMap((kind) =>
      Object.keys(kind.fresh ?? {}).filter(
        (member) => !['label', 'help'].includes(member) && !kind.settings.some((setting) => setting === member),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

describe('a field that becomes another type', () => {
  it('keeps what still means something and leaves the rest behind', () => {
    const text = {
      name: 'a',
      type: 'text',
      label: 'A',
      required: true,
      pattern: 'x+',
      max_length: 9,
      placeholder: 'x',
    };
    expect(asType(text, 'email')).toEqual({ name: 'a', type: 'email', label: 'A', required: true, placeholder: 'x' });
    expect(asType({ ...text, default: 'xx' }, 'long_text')).toEqual({ ...text, type: 'long_text' });
  });

  it('gets what it cannot do without', () => {
    expect(asType({ name: 'a', type: 'text' }, 'choice').options).toHaveLength(2);
    expect(asType({ name: 'a', type: 'yes_no' }, 'choice').options?.map((o) => o.label)).toEqual(['Yes', 'No']);
    const options = [{ value: 'x' }];
    expect(asType({ name: 'a', type: 'choice', options, display: 'radio' }, 'choices')).toEqual({
      name: 'a',
      type: 'choices',
      options,
    });
  });
});
