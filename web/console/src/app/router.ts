// Every page has its address. Pages load when they are first visited.

import { createRouter, createWebHistory, type RouterHistory, type RouteRecordRaw } from 'vue-router';
import type { Permission } from '@/api/types';
import { useSession } from '@/stores/session';
import { allWords } from './i18n';

declare module 'vue-router' {
  interface RouteMeta {
    /** Can be seen without signing in. */
    open?: boolean;
    permission?: Permission;
  }
}

const settings: RouteRecordRaw[] = [
  { path: '', name: 'settings', redirect: { name: 'profile' } },
  { path: 'profile', name: 'profile', component: () => import('@/people/ProfilePage.vue') },
  { path: 'appearance', name: 'appearance', component: () => import('@/people/AppearancePage.vue') },
  { path: 'shortcuts', name: 'shortcuts', component: () => import('@/people/ShortcutsPage.vue') },
  { path: 'security', name: 'security', component: () => import('@/people/SecurityPage.vue') },
  { path: 'canned-responses', name: 'canned', component: () => import('@/conversations/canned/CannedPage.vue') },
  { path: 'macros', name: 'macros', component: () => import('@/conversations/macros/MacrosPage.vue') },
  { path: 'contact-reasons', name: 'reasons', component: () => import('@/conversations/reasons/ReasonsPage.vue'), meta: { permission: 'contact_reasons.manage' } },
  { path: 'sla-policies', name: 'sla', component: () => import('@/conversations/sla/SlaPage.vue'), meta: { permission: 'sla_policies.manage' } },
  { path: 'automation', name: 'automation', component: () => import('@/automation/AutomationPage.vue'), meta: { permission: 'automation.manage' } },
  { path: 'attributes', name: 'attributes', component: () => import('@/attributes/AttributesPage.vue'), meta: { permission: 'attributes.manage' } },
  { path: 'start', name: 'start', component: () => import('@/places/StartPage.vue') },
  { path: 'agents', name: 'agents', component: () => import('@/people/AgentsPage.vue'), meta: { permission: 'agents.manage' } },
  { path: 'teams', name: 'teams', component: () => import('@/people/TeamsPage.vue'), meta: { permission: 'teams.manage' } },
  { path: 'assignment', name: 'assignment', component: () => import('@/conversations/assignment/AssignmentPage.vue'), meta: { permission: 'teams.manage' } },
  { path: 'roles', name: 'roles', component: () => import('@/people/RolesPage.vue'), meta: { permission: 'roles.manage' } },
  { path: 'audit', name: 'audit', component: () => import('@/people/AuditPage.vue'), meta: { permission: 'audit.read' } },
  { path: 'tokens', name: 'tokens', component: () => import('@/people/TokensPage.vue'), meta: { permission: 'tokens.manage' } },
  { path: 'inboxes', name: 'inboxes', component: () => import('@/channels/InboxesPage.vue'), meta: { permission: 'inboxes.manage' } },
  { path: 'inboxes/:id', name: 'inbox-settings', component: () => import('@/channels/InboxSettingsPage.vue'), props: true, meta: { permission: 'inboxes.manage' } },
  { path: 'brands', name: 'brands', component: () => import('@/places/BrandsPage.vue'), meta: { permission: 'places.manage' } },
  { path: 'brands/:id', name: 'brand', component: () => import('@/places/BrandPage.vue'), props: true, meta: { permission: 'places.manage' } },
  { path: 'locations', name: 'locations', component: () => import('@/places/LocationsPage.vue'), meta: { permission: 'places.manage' } },
];

const routes: RouteRecordRaw[] = [
  { path: '/second-factor', name: 'second-factor', component: () => import('@/people/SecondFactorPage.vue') },
  { path: '/sign-in', name: 'sign-in', component: () => import('@/people/SignInPage.vue'), meta: { open: true } },
  { path: '/link', name: 'link', component: () => import('@/people/LinkPage.vue'), meta: { open: true } },
  { path: '/dev/ui', name: 'stories', component: () => import('@/ui/StoriesPage.vue'), meta: { open: true } },
  {
    path: '/',
    component: () => import('./Shell.vue'),
    children: [
      { path: '', redirect: { name: 'inbox', params: { view: 'mine' } } },
      { path: 'inbox', redirect: { name: 'inbox', params: { view: 'mine' } } },
      { path: 'inbox/:view/:conversation?', name: 'inbox', component: () => import('@/conversations/InboxPage.vue') },
      { path: 'customers', name: 'contacts', component: () => import('@/people/ContactsPage.vue') },
      { path: 'customers/companies', name: 'companies', component: () => import('@/people/companies/CompaniesPage.vue') },
      { path: 'customers/companies/:id', name: 'company', component: () => import('@/people/companies/CompanyPage.vue'), props: true },
      { path: 'customers/duplicates', name: 'duplicates', component: () => import('@/people/merging/DuplicatesPage.vue') },
      { path: 'customers/imports', name: 'imports', component: () => import('@/people/imports/ImportsPage.vue'), meta: { permission: 'contacts.import' } },
      { path: 'customers/imports/:id', name: 'import', component: () => import('@/people/imports/ImportPage.vue'), props: true, meta: { permission: 'contacts.import' } },
      { path: 'customers/:id', name: 'contact', component: () => import('@/people/ContactPage.vue'), props: true },
      { path: 'search', name: 'search', component: () => import('@/search/SearchPage.vue') },
      { path: 'settings', component: () => import('./SettingsLayout.vue'), children: settings },
      { path: ':rest(.*)*', name: 'missing', component: () => import('./MissingPage.vue') },
    ],
  },
];

export function makeRouter(history: RouterHistory = createWebHistory(import.meta.env.BASE_URL)) {
  const router = createRouter({ history, routes });

  router.beforeEach(async (to) => {
    if (to.meta.open && to.name !== 'stories') return true;
    // The inbox and the pages before it are what is loaded first.
    const words = to.name === 'inbox' || to.name === 'second-factor' ? null : allWords();
    const session = useSession();
    const me = await session.check();
    await words;
    const isOwed = me?.second_factor_owed ?? false;
    if (isOwed !== (to.name === 'second-factor') && !session.unreachable && me) return isOwed ? { name: 'second-factor', query: { to: to.fullPath } } : '/';
    if (me || session.unreachable) return true;
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } };
  });

  // A new version was released while this page was open: its old parts are gone from the server.
  router.onError((error, to) => {
    if (/dynamically imported module|module script|preload CSS/i.test(String(error))) location.assign(router.resolve(to.fullPath).href);
  });

  return router;
}
