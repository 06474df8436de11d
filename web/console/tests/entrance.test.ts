import { expect, it } from 'vitest';
import { me } from './cast';
import { problem, settle } from './fakeApi';
import { desk, open } from './screen';

it('who is not signed in comes to the sign-in page and from there to where they wanted to go', async () => {
  const api = desk().on('GET', '/me', problem(401, 'unauthorized')).on('POST', '/sign-in', { body: me() });
  const screen = await open('/customers');
  expect(screen.get('heading', 'Sign in')).toBeTruthy();

  api.on('GET', '/contacts', { body: { items: [], next: null } });
  await screen.write(screen.labelled('E-mail'), 'sam@zonnebloem.example');
  await screen.write(screen.labelled('Password'), 'a long password');
  screen.get('button', 'Sign in').closest('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle(40);

  expect(api.asked('POST', /sign-in/)[0]!.body).toEqual({ email: 'sam@zonnebloem.example', password: 'a long password' });
  expect(screen.router.currentRoute.value.path).toBe('/customers');
});

it('a wrong password is said plainly, and nothing else is told', async () => {
  desk().on('GET', '/me', problem(401, 'unauthorized')).on('POST', '/sign-in', problem(401, 'sign_in_failed'));
  const screen = await open('/sign-in');
  screen.get('button', 'Sign in').closest('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle(20);
  expect(screen.get('alert').textContent).toBe('E-mail or password is not right.');
});

it('an invitation asks for a password and opens the console', async () => {
  const api = desk().on('GET', '/me', problem(401, 'unauthorized')).on('POST', '/links/inspect', { body: { kind: 'invitation', email: 'sam@zonnebloem.example', name: 'Sam Visser' } }).on('POST', '/links/use', { body: me() });
  const screen = await open('/link#abc-123');
  await screen.write(screen.labelled('New password'), 'correct horse battery');
  screen.get('button', 'Set password and start').closest('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle(40);

  expect(api.asked('POST', /links\/use/)[0]!.body).toEqual({ token: 'abc-123', password: 'correct horse battery', language: 'en', name: 'Sam Visser' });
  expect(screen.router.currentRoute.value.path).toBe('/inbox/mine');
});

it('a used link says who can help', async () => {
  desk().on('GET', '/me', problem(401, 'unauthorized')).on('POST', '/links/inspect', problem(410, 'link_used'));
  await open('/link#old');
  expect(document.body.textContent).toContain('The link was used already');
  expect(document.body.textContent).toContain('An administrator can give you a new one');
});

it('without a server the console says that nothing is lost', async () => {
  const api = desk();
  api.offline = true;
  await open('/inbox/mine');
  expect(document.body.textContent).toContain('The server cannot be reached');
});

const submit = (screen: Awaited<ReturnType<typeof open>>, button: string) => screen.get('button', button).closest('form')!.dispatchEvent(new Event('submit', { cancelable: true }));

it('who has a second factor is asked for its code, and a wrong one can be mended', async () => {
  const api = desk().on('GET', '/me', problem(401, 'unauthorized')).on('POST', '/sign-in', problem(401, 'second_factor_needed'));
  const screen = await open('/sign-in');
  await screen.write(screen.labelled('E-mail'), 'sam@zonnebloem.example');
  await screen.write(screen.labelled('Password'), 'a long password');
  submit(screen, 'Sign in');
  await settle(20);
  expect(document.querySelector('[role=alert]'), 'being asked is no failure').toBeNull();
  expect(document.activeElement).toBe(screen.labelled('Code'));

  api.on('POST', '/sign-in', problem(401, 'second_factor_wrong'));
  await screen.write(screen.labelled('Code'), '111111');
  submit(screen, 'Sign in');
  await settle(20);
  expect(screen.get('alert').textContent).toContain('This code is not right');
  expect((screen.labelled('Code') as HTMLInputElement).value).toBe('');

  api.on('POST', '/sign-in', { body: me() });
  await screen.write(screen.labelled('Code'), ' 222222 ');
  submit(screen, 'Sign in');
  await settle(40);
  expect(api.asked('POST', /sign-in/).at(-1)!.body).toEqual({ email: 'sam@zonnebloem.example', password: 'a long password', code: '222222' });
  expect(screen.router.currentRoute.value.path).toBe('/inbox/mine');
});

it('where one is demanded nothing else opens, and what was wanted opens afterwards', async () => {
  const api = desk()
    .on('GET', '/me', { body: me({ second_factor_owed: true, permissions: [] }) })
    .on('POST', '/me/second-factor', { body: { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Zonnebloem:sam?secret=JBSWY3DPEHPK3PXP' } })
    .on('POST', '/me/second-factor/confirm', { body: { recovery_codes: ['aaaa-bbbb-cccc-dddd'] } });
  const screen = await open('/customers');
  expect(screen.router.currentRoute.value.name).toBe('second-factor');

  await screen.write(screen.labelled('Current password'), 'a long password');
  submit(screen, 'Continue');
  await settle(40);
  expect(document.body.textContent).toContain('JBSWY3DPEHPK3PXP');
  await screen.write(screen.labelled('Code'), '123456');
  submit(screen, 'Switch on');
  await settle(20);
  expect(document.body.textContent).toContain('aaaa-bbbb-cccc-dddd');

  api.on('GET', '/me', { body: me() }).on('GET', '/contacts', { body: { items: [], next: null } });
  screen.get('button', 'I have kept them').click();
  await settle(40);
  expect(screen.router.currentRoute.value.path).toBe('/customers');
});
