import { Textarea } from '@mantine/core';
import { useRef } from 'react';
import { readRule } from '@/lib/rule';
import classes from './rule-editor.module.css';
import { VariableSelect } from './variable-select';

/** A rule as text. What can be named in it is put in where the cursor is. */
export function TextEditor({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = area.current ?? {};
    onChange(text.slice(0, selectionStart) + name + text.slice(selectionEnd));
    const end = selectionStart + name.length;
    setTimeout(() => {
      area.current?.focus();
      area.current?.setSelectionRange(end, end);
    });
  };
  const trouble = text.trim() ? readRule(text) : undefined;
  return (
    <div className={classes.text}>
      <Textarea
        ref={area}
        label="The rule as text"
        description='In CEL: user.department == "HR" && form.days > 3'
        classNames={{ input: classes.mono }}
        autosize
        minRows={4}
        maxRows={16}
        spellCheck={false}
        autoCapitalize="off"
        data-autofocus
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {trouble && (
        <div role="status" className={classes.trouble}>
          It cannot be read yet: {trouble}.
        </div>
      )}
      <VariableSelect label="Put a field in" placeholder="Put a field in" value="" onChange={insert} />
    </div>
  );
}
