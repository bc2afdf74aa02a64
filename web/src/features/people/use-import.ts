import { useQueryClient } from '@tanstack/react-query';
import { useAct } from '@/api/query';
import { say } from '@/ui/toast';
import { outdatePeople } from './effects';
import { type Imported, summary } from './import';

/** The import itself, which the preview offers. */
export function useImport(onDone: (done: Imported) => void, onErrors: (found: Imported) => void) {
  const client = useQueryClient();
  return useAct('users.import', {
    onSuccess: (out) => {
      if (out.errors.length > 0) return onErrors(out);
      outdatePeople(client);
      say(summary(out, true));
      onDone(out);
    },
  });
}
