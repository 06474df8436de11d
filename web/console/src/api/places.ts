import { answer, ifVersion, once, server } from './client';
import type { Brand, Holidays, Id, Inbox, Location, NewSigningKey, Page, Setup } from './types';

export const brands = () => answer<Page<Brand>>(server.GET('/api/v1/brands'));
export type BrandChange = Partial<Omit<Brand, 'id' | 'version'>>;
export const addBrand = (brand: BrandChange & { name: string }) => answer<Brand>(server.POST('/api/v1/brands', { params: { header: once() }, body: brand }));
export const changeBrand = (id: Id, change: BrandChange, version?: number) => answer<Brand>(server.PATCH('/api/v1/brands/{id}', { params: { path: { id }, header: ifVersion(version) }, body: change }));

export const locations = () => answer<Page<Location>>(server.GET('/api/v1/locations'));
export type LocationChange = Partial<Omit<Location, 'id' | 'version'>>;
export const addLocation = (location: LocationChange & Pick<Location, 'name' | 'kind'>) => answer<Location>(server.POST('/api/v1/locations', { params: { header: once() }, body: location }));
export const changeLocation = (id: Id, change: LocationChange, version?: number) => answer<Location>(server.PATCH('/api/v1/locations/{id}', { params: { path: { id }, header: ifVersion(version) }, body: change }));
export const removeLocation = (id: Id) => answer<void>(server.DELETE('/api/v1/locations/{id}', { params: { path: { id } } }));

export const readCalendar = (content: string) => answer<Holidays>(server.POST('/api/v1/special-days/read', { body: { content } }));

export const inboxes = () => answer<Page<Inbox>>(server.GET('/api/v1/inboxes'));
export interface NewInbox {
  name: string;
  channel: 'webchat';
  brand_id: Id;
  location_id?: Id | null;
  team_id?: Id | null;
}
export interface InboxChange {
  name?: string;
  location_id?: Id | null;
  team_id?: Id | null;
  allowed_origins?: string[];
  max_attachment_bytes?: number;
  ask_email_when_closed?: boolean;
  disabled?: boolean;
}
export const addInbox = (inbox: NewInbox) => answer<Inbox>(server.POST('/api/v1/inboxes', { params: { header: once() }, body: inbox }));
export const changeInbox = (id: Id, change: InboxChange, version?: number) => answer<Inbox>(server.PATCH('/api/v1/inboxes/{id}', { params: { path: { id }, header: ifVersion(version) }, body: change }));
export const addSigningKey = (id: Id) => answer<NewSigningKey>(server.POST('/api/v1/inboxes/{id}/signing-keys', { params: { path: { id }, header: once() } }));
export const removeSigningKey = (id: Id, key: Id) => answer<void>(server.DELETE('/api/v1/inboxes/{id}/signing-keys/{key_id}', { params: { path: { id, key_id: key } } }));

export const setup = () => answer<Setup>(server.GET('/api/v1/setup'));
