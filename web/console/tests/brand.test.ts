import { beforeEach, expect, it, vi } from 'vitest';
import type { Brand } from '@/api/types';
import { problem, settle, type FakeApi } from './fakeApi';
import { desk, open } from './screen';

const brand: Brand = {
  id: 'brand', name: 'Zonnebloem', accent: '#0E6F80', accent_dark: null, radius: 10, logo_file_id: null, tone: 'familiar', service_model: 'concierge',
  promise: {}, languages: ['en'], hours: { time_zone: 'Europe/Lisbon', weekly: [] }, special_days: [], ask_contact_reason: 'never', version: 3,
};
const picture = { id: 'logo-1', name: 'logo.png', content_type: 'image/png', size_bytes: 900, url: '/api/v1/files/logo-1' };

let api: FakeApi;
beforeEach(() => {
  api = desk()
    .on('GET', '/brands', { body: { items: [brand], next: null } })
    .on('POST', '/files', { status: 201, body: picture })
    .on('PATCH', '/brands/:id', ({ body }) => ({ body: { ...brand, ...(body as object), version: 4 } }));
});

async function page() {
  await import('@/places/BrandPage.vue');
  const screen = await open('/settings/brands/brand');
  await screen.find('heading', 'Zonnebloem');
  const choose = async (name: string, type: string, text = '{}') => {
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
    Object.defineProperty(input, 'files', { configurable: true, value: [new File([text], name, { type })] });
    input.dispatchEvent(new Event('change'));
    await settle(20);
  };
  const save = async () => {
    document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle(20);
    return api.asked('PATCH', /brands/).map(({ body }) => (body as Brand).logo_file_id);
  };
  return { screen, choose, save };
}

it('a logo is shown on light and dark before it is saved, and taken away again', async () => {
  const { screen, choose, save } = await page();
  await choose('logo.png', 'image/png');
  expect([...document.querySelectorAll('.brand-preview img')].map((one) => one.getAttribute('src'))).toEqual(['/api/v1/files/logo-1', '/api/v1/files/logo-1']);
  expect(await save()).toEqual(['logo-1']);
  expect(screen.get('button', 'Replace')).toBeTruthy();

  await screen.click(screen.get('button', 'Remove the logo'));
  expect(document.querySelector('.brand-preview img')).toBeNull();
  expect(await save()).toEqual(['logo-1', null]);
});

it('what is no picture, too large or refused says why, and the logo stays', async () => {
  const { screen, choose, save } = await page();
  await choose('logo.png', 'image/png');
  await choose('logo.pdf', 'application/pdf');
  expect(screen.get('alert').textContent).toContain('no PNG, JPEG, WebP or GIF');
  await choose('large.png', 'image/png', 'x'.repeat(1_200_000));
  expect(screen.get('alert').textContent).toContain('up to 1 MB; this picture has 1.2 MB');
  expect(api.asked('POST', /files/)).toHaveLength(1);

  api.on('POST', '/files', { status: 201, body: { ...picture, id: 'logo-2', content_type: 'text/plain' } });
  await choose('renamed.png', 'image/png');
  expect(screen.get('alert').textContent).toContain('no PNG');
  api.on('POST', '/files', problem(413, 'too_large'));
  await choose('logo.png', 'image/png');
  await vi.waitFor(() => expect(screen.get('alert').textContent).not.toContain('no PNG'), 10_000);
  expect(await save()).toEqual(['logo-1']);
});
