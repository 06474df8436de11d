// Files on their way to the server before a message carries them.

import { ref } from 'vue';
import * as api from '@/api/conversations';
import type { Attachment } from '@/api/types';

export interface Upload {
  id: string;
  file: File;
  state: 'uploading' | 'failed' | 'too_large';
  stop: () => void;
}

export function useUploads(maxBytes: () => number, done: (file: Attachment) => void) {
  const uploads = ref<Upload[]>([]);

  const drop = (id: string) => (uploads.value = uploads.value.filter((upload) => upload.id !== id));

  async function send(file: File, id: string) {
    const abort = new AbortController();
    const tooLarge = file.size > maxBytes();
    uploads.value = [...uploads.value, { id, file, state: tooLarge ? 'too_large' : 'uploading', stop: () => abort.abort() }];
    if (tooLarge) return;
    try {
      const attachment = await api.upload(file, abort.signal);
      drop(id);
      done(attachment);
    } catch {
      uploads.value = uploads.value.map((upload) => (upload.id === id ? { ...upload, state: 'failed' } : upload));
    }
  }

  function add(files: File[]) {
    for (const file of files) void send(file, crypto.randomUUID());
  }
  function retry(upload: Upload) {
    drop(upload.id);
    add([upload.file]);
  }
  function cancel(upload: Upload) {
    upload.stop();
    drop(upload.id);
  }

  return { uploads, add, retry, cancel };
}
