//! What a hook hands to its handler, and what the handler answers: a type for each type of hook. An `after` hook takes no answer.

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

/// The input of every handler: `pub fn handler(Json(call): Json<HookCall>) -> FnResult<Json<Filter>>`. The platform sends all of it; who
/// tries a handler by hand may leave out what it does not read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct HookCall {
    pub hook_name: String,
    /// `before`, `after`, `replace` or `filter`.
    pub r#type: String,
    pub target: Option<String>,
    pub args: Vec<Value>,
    pub kwargs: Map<String, Value>,
    pub result: Value,
    pub context: Context,
}

/// For whom and when.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Context {
    /// Nobody when the call is not about a user.
    pub user_id: Option<String>,
    pub session_id: Option<String>,
    pub module_name: Option<String>,
    pub request_data: Value,
    pub plugin_id: String,
    pub tenant: String,
    /// What the operator configured, with the defaults of the manifest.
    pub config: Value,
    /// When the platform called, RFC 3339.
    pub timestamp: String,
    pub invocation_id: String,
    /// Only of an event, which may come more than once: always the same then.
    pub event_id: Option<String>,
}

/// What a `before` handler answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Before {
    Unchanged,
    Changed {
        args: Vec<Value>,
        kwargs: Map<String, Value>,
    },
    /// What the product was about to do shall not be done, for this reason.
    Stop(String),
}

/// What a `replace` handler answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Replace {
    Result(Value),
    /// The next handler shall answer.
    Pass,
}

/// What a `filter` handler answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    Unchanged,
    Result(Value),
}

impl Serialize for Before {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut object = to.serialize_map(None)?;
        match self {
            Before::Unchanged => {}
            Before::Changed { args, kwargs } => {
                object.serialize_entry("args", args)?;
                object.serialize_entry("kwargs", kwargs)?;
            }
            Before::Stop(reason) => object.serialize_entry("stop", reason)?,
        }
        object.end()
    }
}

impl Serialize for Replace {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut object = to.serialize_map(Some(1))?;
        match self {
            Replace::Result(result) => object.serialize_entry("result", result)?,
            Replace::Pass => object.serialize_entry("pass", &true)?,
        }
        object.end()
    }
}

impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut object = to.serialize_map(None)?;
        if let Filter::Result(result) = self {
            object.serialize_entry("result", result)?;
        }
        object.end()
    }
}
