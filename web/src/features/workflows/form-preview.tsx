import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Definition } from '@/api/types';
import { stepName } from '@/components/definition-words';
import { FormRenderer, previewForm, useForm } from '@/components/form-renderer';
import { Card } from '@/ui/card';
import classes from './form-preview.module.css';

/** The form as it looks in each step; nothing can be sent from here. */
export function FormPreview({ document }: { document: Definition }) {
  const steps = (document.steps ?? []).filter((step) => step.type === 'start' || step.type === 'task');
  const [step, setStep] = useState(steps[0]?.id ?? '');
  return (
    <Card
      title="Form"
      action={
        steps.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label="Show the form as in"
            value={step}
            onChange={(event) => setStep(event.currentTarget.value)}
            data={steps.map((s) => ({ value: s.id, label: `In ${stepName(s)}` }))}
          />
        )
      }
    >
      <Preview key={step} document={document} step={step} />
    </Card>
  );
}

function Preview({ document, step }: { document: Definition; step: string }) {
  const form = useMemo(() => previewForm(document, step), [document, step]);
  const handle = useForm(form, nothing, nothing);
  if (form.fields.length === 0) return <p className={classes.none}>No field is shown in this step.</p>;
  return (
    <div className={classes.preview} inert>
      <FormRenderer handle={handle} prefix="preview" />
    </div>
  );
}
const nothing = {};
