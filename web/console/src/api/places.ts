import { get, patch, post, remove } from './client';
import type { Brand, Id, Inbox, Location, NewSigningKey, Page, Setup } from './types';

export const brands = () => get<Page<Brand>>('/brands');
export type BrandChange = Partial<Omit<Brand, 'id' | 'version'>>;
export const addBrand = (brand: BrandChange & { name: string }) => post<Brand>('/brands', brand);
export const changeBrand = (id: Id, change: BrandChange, version?: number) => patch<Brand>(`/brands/${id}`, change, version);

export const locations = () => get<Page<Location>>('/locations');
export type LocationChange = Partial<Omit<Location, 'id' | 'version'>>;
export const addLocation = (location: LocationChange & { name: string }) => post<Location>('/locations', location);
export const changeLocation = (id: Id, change: LocationChange, version?: number) => patch<Location>(`/locations/${id}`, change, version);
export const removeLocation = (id: Id) => remove(`/locations/${id}`);

export const inboxes = () => get<Page<Inbox>>('/inboxes');
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
export const addInbox = (inbox: NewInbox) => post<Inbox>('/inboxes', inbox);
export const changeInbox = (id: Id, change: InboxChange, version?: number) => patch<Inbox>(`/inboxes/${id}`, change, version);
export const addSigningKey = (id: Id) => post<NewSigningKey>(`/inboxes/${id}/signing-keys`);
export const removeSigningKey = (id: Id, key: Id) => remove(`/inboxes/${id}/signing-keys/${key}`);

export const setup = () => get<Setup>('/setup');
