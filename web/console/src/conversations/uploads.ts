// Files on their way to the server before a message carries them.

import { computed, ref } from 'vue';
import * as api from '@/api/conversations';
import type { Attachment, Id, Mode } from '@/api/types';

/** The draft a file was added to. It arrives there, whatever is open by then. */
export interface Target {
  id: Id;
  mode: Mode;
}

export interface Upload {
  id: string;
  file: File;
  to: Target;
  state: 'uploading' | 'failed' | 'too_large';
  stop: () => void;
}

export function useUploads(maxBytes: () => number, target: () => Target, done: (file: Attachment, to: Target) => void) {
  const all = ref<Upload[]>([]);
  const uploads = computed(() => {
    const { id, mode } = target();
    return all.value.filter(({ to }) => to.id === id && to.mode === mode);
  });

  const drop = (id: string) => (all.value = all.value.filter((upload) => upload.id !== id));

  async function send(file: File, to: Target) {
    const id = crypto.randomUUID();
    const abort = new AbortController();
    const tooLarge = file.size > maxBytes();
    all.value = [...all.value, { id, file, to, state: tooLarge ? 'too_large' : 'uploading', stop: () => abort.abort() }];
    if (tooLarge) return;
    try {
      const attachment = await api.upload(file, abort.signal);
      drop(id);
      done(attachment, to);
    } catch {
      all.value = all.value.map((upload) => (upload.id === id ? { ...upload, state: 'failed' } : upload));
    }
  }

  function add(files: File[]) {
    for (const file of files) void send(file, target());
  }
  function retry(upload: Upload) {
    drop(upload.id);
    void send(upload.file, upload.to);
  }
  function cancel(upload: Upload) {
    upload.stop();
    drop(upload.id);
  }

  return { uploads, add, retry, cancel };
}
