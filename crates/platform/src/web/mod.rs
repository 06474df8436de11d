//! The web as Rapport does it: routes that name their permission, problems that say how to mend them, requests that may be
//! repeated, limits, and the API document, all from one line a route.

pub mod document;
mod idempotency;
pub mod limit;
mod problem;
mod route;
pub mod server;
pub mod socket;

pub use idempotency::{IdempotencyKey, forget_old as forget_old_answers};
pub use problem::Problem;
pub use route::{
    Answer, Body, Call, Client, Created, Done, Found, Gate, Input, Method, NoQuery, Noted, OperationDoc, Page, Route, Shared, Takes, WithCookie, delete, get,
    patch, post, put, raw, router,
};
