//! What StorySign offers to plugins, on top of Extism's kit `extism-pdk`: the functions of the platform with their inputs and answers,
//! and what hooks and endpoints hand over and take.

mod call;
mod endpoint;
mod functions;
mod hook;

pub use call::Problem;
pub use endpoint::{Request, Response};
pub use functions::*;
pub use hook::{Before, Context, Filter, HookCall, Replace};
