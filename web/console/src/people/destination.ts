import type { RouteLocationNormalizedLoaded } from 'vue-router';

/** Where somebody wanted to go before they had to sign in; never another site. */
export const destination = (route: RouteLocationNormalizedLoaded) => (typeof route.query.to === 'string' && /^\/(?!\/)/.test(route.query.to) ? route.query.to : '/');
