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
