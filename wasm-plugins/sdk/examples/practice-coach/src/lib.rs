//! Remembers which signs a learner finds hard, and gives a tip for the hardest: from the text model where the operator granted it, else
//! one of its own.

mod scores;
mod tips;

use extism_pdk::*;
use serde::Deserialize;
use serde_json::{json, Value};
use storysign_sdk::*;

/// A score from which on a learner hears that it went well.
const WELL_DONE: u8 = 90;

/// What the product says of an exercise in the hook's result.
#[derive(Deserialize)]
struct Practice {
    sign: String,
    /// 0 to 100.
    score: u8,
}

/// The after hook `practice_completed`. Its answer is ignored.
#[plugin_fn]
pub fn practised(Json(call): Json<HookCall>) -> FnResult<()> {
    let practice: Practice = match serde_json::from_value(call.result) {
        Ok(practice) if call.context.user_id.is_some() => practice,
        _ => return Ok(()),
    };
    scores::update(|scores| scores.add(&practice.sign, practice.score))?;
    analytics_log_event(AnalyticsLogEvent {
        properties: Some(json!({"sign": practice.sign, "score": practice.score})),
        ..AnalyticsLogEvent::new("sign.practised")
    })?;
    if practice.score >= WELL_DONE {
        let text = format!("{} points for “{}”: well signed!", practice.score, practice.sign);
        notify_toast(NotifyToast { level: Some("success"), ..NotifyToast::new(&text) })?;
    }
    Ok(())
}

/// The endpoint `GET /tip`: a tip for the sign the user finds hardest, and a story to practise it with. It is left as a notification,
/// too.
#[plugin_fn]
pub fn get_tip(Json(request): Json<Request>) -> FnResult<Json<Response>> {
    if request.user_id.is_none() {
        return Ok(Json(Response::json(401, json!({"error": "a tip is for a user, and nobody is signed in"}))));
    }
    let (scores, _) = scores::read()?;
    let Some(sign) = scores.hardest() else {
        return Ok(Json(Response::json(404, json!({"error": "there is no tip before the first practice"}))));
    };
    let tip = tips::tip(sign, &learner()?)?;
    let story = story_about(sign)?;
    let link = story.as_ref().map(|story| format!("/stories/{}", story.id));
    let title = format!("A tip for “{sign}”");
    notify_send(NotifySend { body: Some(&tip.text), link: link.as_deref(), ..NotifySend::new(&title) })?;
    let story = story.map(|story| json!({"id": story.id, "title": story.title}));
    Ok(Json(Response::json(200, json!({"sign": sign, "tip": tip.text, "by": tip.by, "story": story}))))
}

/// What the product tells of the user, as far as it helps: an object without `name` or `age` when it tells nothing.
fn learner() -> Result<Value, Problem> {
    Ok(user_get(UserGet::default())?.map_or(json!({}), |user| user.profile))
}

fn story_about(sign: &str) -> Result<Option<ContentItem>, Problem> {
    let found = content_search(ContentSearch { kind: Some("story"), limit: Some(1), ..ContentSearch::new(sign) })?;
    Ok(found.items.into_iter().next())
}
