import type { TargetKind } from '@/api/types';

export const KINDS: TargetKind[] = ['first_response', 'next_response', 'resolution'];
