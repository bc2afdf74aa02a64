import '@/ui/theme/tokens.css';
import '@mantine/core/styles.layer.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { registerWorker } from '@/app/install';
import { App } from '@/app/providers';
import { reloadOnStaleChunk } from '@/app/stale-chunk';

reloadOnStaleChunk();
registerWorker();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
