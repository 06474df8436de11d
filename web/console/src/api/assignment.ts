import { answer, server } from './client';
import type { AgentProfile, Assignment, AssignmentSettings, Id, TeamAssignment } from './types';

export const overview = () => answer<Assignment>(server.GET('/api/v1/assignment'));
export const setCompany = (body: AssignmentSettings) => answer<Assignment>(server.PUT('/api/v1/assignment', { body }));
export const setTeam = (id: Id, body: TeamAssignment) => answer<Assignment>(server.PUT('/api/v1/teams/{id}/assignment', { params: { path: { id } }, body }));
export const setAgent = (id: Id, body: AgentProfile) => answer<Assignment>(server.PUT('/api/v1/agents/{id}/assignment', { params: { path: { id } }, body }));
