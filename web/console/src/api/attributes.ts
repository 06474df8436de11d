import { answer, ifVersion, once, server } from './client';
import type { Attribute, AttributeChange, Contact, Conversation, Id, NewAttribute, Page, ValuesChange } from './types';

export const all = () => answer<Page<Attribute>>(server.GET('/api/v1/attributes'));
export const add = (body: NewAttribute) => answer<Attribute>(server.POST('/api/v1/attributes', { params: { header: once() }, body }));
export const change = (id: Id, body: AttributeChange, version?: number) => answer<Attribute>(server.PATCH('/api/v1/attributes/{id}', { params: { path: { id }, header: ifVersion(version) }, body }));
export const remove = (id: Id) => answer<void>(server.DELETE('/api/v1/attributes/{id}', { params: { path: { id } } }));
/** Values of others may have changed meanwhile; each key stands for itself, so no version is demanded. */
export const setOfContact = (id: Id, attributes: ValuesChange) => answer<Contact>(server.PATCH('/api/v1/contacts/{id}', { params: { path: { id } }, body: { attributes: attributes as never } }));
export const setOfConversation = (id: Id, attributes: ValuesChange) => answer<Conversation>(server.PATCH('/api/v1/conversations/{id}', { params: { path: { id } }, body: { attributes: attributes as never } }));
