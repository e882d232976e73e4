// The functions of the platform. Made from src/main/resources/platform/host-functions.json; a test keeps it so.

package storysign

import "encoding/json"

// What a Problem may be: its code.
const (
	CodeAIUnavailable       = "ai-unavailable"
	CodeDataInvalid         = "data-invalid"
	CodeDataNotFound        = "data-not-found"
	CodeDataQuotaExceeded   = "data-quota-exceeded"
	CodeDatabaseUnavailable = "database-unavailable"
	CodeDryRun              = "dry-run"
	CodeEmitDepthExceeded   = "emit-depth-exceeded"
	CodeEventTooLarge       = "event-too-large"
	CodePermissionDenied    = "permission-denied"
	CodePreconditionFailed  = "precondition-failed"
	CodeQueueFull           = "queue-full"
	CodeQuotaExceeded       = "quota-exceeded"
	CodeServiceBusy         = "service-busy"
	CodeServiceTimeout      = "service-timeout"
	CodeServiceUnavailable  = "service-unavailable"
)

// Message is a message of a conversation with a text model.
type Message struct {
	// `system`, `user` or `assistant`.
	Role string `json:"role"`
	// What was said.
	Content string `json:"content"`
}

// Gesture is a sign that a hand may make.
type Gesture struct {
	// The sign.
	Gesture string `json:"gesture"`
	// 0 to 1.
	Confidence float64 `json:"confidence"`
}

// Hand is a hand in a picture.
type Hand struct {
	// `left`, `right` or `unknown`.
	Handedness string `json:"handedness"`
	// Its 21 points, as `ai_analyze_gesture` takes them.
	Landmarks [][]float64 `json:"landmarks"`
}

// ContentItem is an item of content.
type ContentItem struct {
	// To find it by.
	ID string `json:"id"`
	// Such as `story`.
	Kind string `json:"kind"`
	// Such as `en`; empty when none was said.
	Language string `json:"language"`
	// One line.
	Title string `json:"title"`
	// The beginning of its text; not there where the whole is.
	Excerpt *string `json:"excerpt"`
	// Its whole text; only in an answer to `id`.
	Text *string `json:"text"`
	// Whose it is; null when it is everybody's.
	UserID *string `json:"user_id"`
	// Which plugin made it; null when the product did.
	PluginID *string `json:"plugin_id"`
	// Grows with every change.
	Revision int64 `json:"revision"`
	// RFC 3339.
	CreatedAt string `json:"created_at"`
}

// LoggedEvent is what the plugin logged once.
type LoggedEvent struct {
	// As it was logged.
	Name string `json:"name"`
	// As they were logged.
	Properties json.RawMessage `json:"properties"`
	// When, RFC 3339.
	At string `json:"at"`
}

// StorageGetInput is what StorageGet takes.
type StorageGetInput struct {
	// 1 to 512 bytes of UTF-8 without control characters.
	Key string `json:"key"`
	// True for the key the plugin keeps for the user it was called for; needs `read:user_data` instead of `storage:read`.
	User bool `json:"user,omitempty"`
}

// StorageGetAnswer is what StorageGet answers.
type StorageGetAnswer struct {
	// As it was written.
	Value json.RawMessage `json:"value"`
	// Grows with every write; for `if_revision`.
	Revision int64 `json:"revision"`
	// When it ceases to be there, RFC 3339; null for never.
	ExpiresAt *string `json:"expires_at"`
}

//go:wasmimport extism:host/user storage_get
func storageGet(input uint64) uint64

// StorageGet reads a value that the plugin keeps.
//
// The answer is null when there is no such key.
//
// Needs `storage:read` or `read:user_data`.
func StorageGet(input StorageGetInput) (*StorageGetAnswer, error) {
	return find[StorageGetAnswer](storageGet, input)
}

// StorageSetInput is what StorageSet takes.
type StorageSetInput struct {
	// 1 to 512 bytes of UTF-8 without control characters.
	Key string `json:"key"`
	// Any JSON, up to 1 MiB.
	Value any `json:"value"`
	// How long it lives, 1 to 315360000; for ever when it is not said.
	TTLSeconds *int64 `json:"ttl_seconds,omitempty"`
	// Only when the key is there at this revision.
	IfRevision *int64 `json:"if_revision,omitempty"`
	// True: only when the key is not there.
	IfAbsent bool `json:"if_absent,omitempty"`
	// True for a key of the user the plugin was called for; needs `write:user_data` instead of `storage:write`.
	User bool `json:"user,omitempty"`
}

// StorageSetAnswer is what StorageSet answers.
type StorageSetAnswer struct {
	// The key's revision now.
	Revision int64 `json:"revision"`
	// Whether there was no such key before.
	Created bool `json:"created"`
}

//go:wasmimport extism:host/user storage_set
func storageSet(input uint64) uint64

// StorageSet keeps a value, always or on a condition.
//
// Needs `storage:write` or `write:user_data`.
//
// May also fail with `precondition-failed` or `data-quota-exceeded`.
func StorageSet(input StorageSetInput) (StorageSetAnswer, error) {
	return call[StorageSetAnswer](storageSet, input)
}

// StorageDeleteInput is what StorageDelete takes.
type StorageDeleteInput struct {
	// 1 to 512 bytes of UTF-8 without control characters.
	Key string `json:"key"`
	// Only when the key is there at this revision.
	IfRevision *int64 `json:"if_revision,omitempty"`
	// True for a key of the user the plugin was called for; needs `write:user_data` instead of `storage:write`.
	User bool `json:"user,omitempty"`
}

// StorageDeleteAnswer is what StorageDelete answers.
type StorageDeleteAnswer struct {
	// Whether there was such a key.
	Deleted bool `json:"deleted"`
}

//go:wasmimport extism:host/user storage_delete
func storageDelete(input uint64) uint64

// StorageDelete deletes a key.
//
// Needs `storage:write` or `write:user_data`.
//
// May also fail with `precondition-failed`.
func StorageDelete(input StorageDeleteInput) (StorageDeleteAnswer, error) {
	return call[StorageDeleteAnswer](storageDelete, input)
}

// StorageListInput is what StorageList takes.
type StorageListInput struct {
	// Only keys that begin with this.
	Prefix string `json:"prefix,omitempty"`
	// Where the page before ended.
	Cursor string `json:"cursor,omitempty"`
	// Keys on a page, 1 to 1000; usually 100.
	Limit *int64 `json:"limit,omitempty"`
	// True for the keys of the user the plugin was called for; needs `read:user_data` instead of `storage:read`.
	User bool `json:"user,omitempty"`
}

// StorageListAnswer is what StorageList answers.
type StorageListAnswer struct {
	// The page.
	Keys []string `json:"keys"`
	// To go on with; null at the end.
	Cursor *string `json:"cursor"`
}

//go:wasmimport extism:host/user storage_list
func storageList(input uint64) uint64

// StorageList lists the plugin's keys in the order of their bytes.
//
// Needs `storage:read` or `read:user_data`.
func StorageList(input StorageListInput) (StorageListAnswer, error) {
	return call[StorageListAnswer](storageList, input)
}

// AIGenerateTextInput is what AIGenerateText takes.
type AIGenerateTextInput struct {
	// 1 to 50.
	Messages []Message `json:"messages"`
	// Most tokens of the answer, up to the operator's limit (usually 4096); 512 when it is not said.
	MaxTokens *int64 `json:"max_tokens,omitempty"`
	// 0 to 2; the model's usual when it is not said.
	Temperature *float64 `json:"temperature,omitempty"`
}

// AIGenerateTextAnswer is what AIGenerateText answers.
type AIGenerateTextAnswer struct {
	// What the model wrote.
	Text string `json:"text"`
	// Why it ended, as the model says: `stop`, `length` ….
	Finish string `json:"finish"`
	// What the call took from the plugin's budget of the day.
	Tokens int64 `json:"tokens"`
}

//go:wasmimport extism:host/user ai_generate_text
func aiGenerateText(input uint64) uint64

// AIGenerateText lets the text model that the operator connected go on from some messages.
//
// The most that a prompt can come to is taken from the budget before the model is asked, and the rest given back. A
// call in vain is never repeated by the service.
//
// Needs `access:ai_services`.
//
// May also fail with `ai-unavailable` or `dry-run`.
func AIGenerateText(input AIGenerateTextInput) (AIGenerateTextAnswer, error) {
	return call[AIGenerateTextAnswer](aiGenerateText, input)
}

// AIAnalyzeGestureInput is what AIAnalyzeGesture takes.
type AIAnalyzeGestureInput struct {
	// The 21 points of a hand, each x, y (0 to 1 within the picture) and z: wrist, then four points a finger from thumb to
	// little finger.
	Landmarks [][]float64 `json:"landmarks"`
	// `left`, `right` or `unknown`.
	Handedness string `json:"handedness,omitempty"`
}

// AIAnalyzeGestureAnswer is what AIAnalyzeGesture answers.
type AIAnalyzeGestureAnswer struct {
	// The sign that fits best.
	Gesture string `json:"gesture"`
	// 0 to 1.
	Confidence float64 `json:"confidence"`
	// What else it may be.
	Alternatives []Gesture `json:"alternatives"`
}

//go:wasmimport extism:host/user ai_analyze_gesture
func aiAnalyzeGesture(input uint64) uint64

// AIAnalyzeGesture says which sign a hand makes.
//
// Needs `access:ai_services`.
//
// May also fail with `ai-unavailable` or `dry-run`.
func AIAnalyzeGesture(input AIAnalyzeGestureInput) (AIAnalyzeGestureAnswer, error) {
	return call[AIAnalyzeGestureAnswer](aiAnalyzeGesture, input)
}

// AIProcessVideoFrameInput is what AIProcessVideoFrame takes.
type AIProcessVideoFrameInput struct {
	// The picture in base64.
	Image string `json:"image"`
	// `jpeg`, `png` or `webp`.
	Format string `json:"format"`
}

// AIProcessVideoFrameAnswer is what AIProcessVideoFrame answers.
type AIProcessVideoFrameAnswer struct {
	// At most 10.
	Hands []Hand `json:"hands"`
}

//go:wasmimport extism:host/user ai_process_video_frame
func aiProcessVideoFrame(input uint64) uint64

// AIProcessVideoFrame finds the hands in a picture.
//
// Needs `access:video_stream`.
//
// May also fail with `ai-unavailable` or `dry-run`.
func AIProcessVideoFrame(input AIProcessVideoFrameInput) (AIProcessVideoFrameAnswer, error) {
	return call[AIProcessVideoFrameAnswer](aiProcessVideoFrame, input)
}

// HookEmitInput is what HookEmit takes.
type HookEmitInput struct {
	// Begins with `plugin.`, the plugin's own id and a dot.
	HookName string `json:"hook_name"`
	// `before`, `after`, `replace` or `filter`; `after` when it is not said.
	Type string `json:"type,omitempty"`
	// As in a hook's call.
	Target string `json:"target,omitempty"`
	// As in a hook's call.
	Args []any `json:"args,omitempty"`
	// As in a hook's call.
	Kwargs map[string]any `json:"kwargs,omitempty"`
	// As in a hook's call.
	Result any `json:"result,omitempty"`
	// As in a hook's call.
	RequestData any `json:"request_data,omitempty"`
	// Events of one key are handled one after the other, in the order of their acceptance.
	OrderingKey string `json:"ordering_key,omitempty"`
}

// HookEmitAnswer is what HookEmit answers.
type HookEmitAnswer struct {
	// Stays the same however often the event is handled.
	EventID string `json:"event_id"`
}

//go:wasmimport extism:host/user hook_emit
func hookEmit(input uint64) uint64

// HookEmit says that something happened: whoever subscribed to the hook is called later, at least once.
//
// It inherits the tenant and the user of the call; what the handlers answer goes nowhere. An answer means that the
// event outlives every process.
//
// Needs `hooks:emit`.
//
// May also fail with `emit-depth-exceeded`, `event-too-large` or `queue-full`.
func HookEmit(input HookEmitInput) (HookEmitAnswer, error) {
	return call[HookEmitAnswer](hookEmit, input)
}

// UserGetInput is what UserGet takes.
type UserGetInput struct {
	// Another user than the call's; only when the key that triggered the call has `users: any`.
	UserID string `json:"user_id,omitempty"`
}

// UserGetAnswer is what UserGet answers.
type UserGetAnswer struct {
	// Whose it is.
	UserID string `json:"user_id"`
	// As the product put it.
	Profile json.RawMessage `json:"profile"`
	// The user's preferences.
	Preferences json.RawMessage `json:"preferences"`
	// Grows with every change.
	Revision int64 `json:"revision"`
}

//go:wasmimport extism:host/user user_get
func userGet(input uint64) uint64

// UserGet reads what the product tells of the user.
//
// The answer is null for a user the product has told nothing of.
//
// Needs `read:user_data`.
//
// May also fail with `permission-denied`.
func UserGet(input UserGetInput) (*UserGetAnswer, error) {
	return find[UserGetAnswer](userGet, input)
}

// UserProgressInput is what UserProgress takes.
type UserProgressInput struct {
	// Another user than the call's; only when the key that triggered the call has `users: any`.
	UserID string `json:"user_id,omitempty"`
}

// UserProgressAnswer is what UserProgress answers.
type UserProgressAnswer struct {
	// Whose it is.
	UserID string `json:"user_id"`
	// As the product put it.
	Progress json.RawMessage `json:"progress"`
	// Grows with every change.
	Revision int64 `json:"revision"`
}

//go:wasmimport extism:host/user user_progress
func userProgress(input uint64) uint64

// UserProgress reads the user's progress, as the product put it.
//
// The answer is null for a user the product has told nothing of.
//
// Needs `read:user_data`.
//
// May also fail with `permission-denied`.
func UserProgress(input UserProgressInput) (*UserProgressAnswer, error) {
	return find[UserProgressAnswer](userProgress, input)
}

// UserUpdatePreferencesInput is what UserUpdatePreferences takes.
type UserUpdatePreferencesInput struct {
	// At most 100 members, each in the place of the preference of that name; null takes it away.
	Preferences map[string]any `json:"preferences"`
	// Only when the user is at this revision.
	IfRevision *int64 `json:"if_revision,omitempty"`
	// Another user than the call's; only when the key that triggered the call has `users: any`.
	UserID string `json:"user_id,omitempty"`
}

// UserUpdatePreferencesAnswer is what UserUpdatePreferences answers.
type UserUpdatePreferencesAnswer struct {
	// All of them now.
	Preferences json.RawMessage `json:"preferences"`
	// The user's revision now.
	Revision int64 `json:"revision"`
}

//go:wasmimport extism:host/user user_update_preferences
func userUpdatePreferences(input uint64) uint64

// UserUpdatePreferences changes some of the user's preferences.
//
// All preferences of a user have at most 16 KiB.
//
// Needs `write:user_data`.
//
// May also fail with `data-not-found`, `data-quota-exceeded` or `precondition-failed`.
func UserUpdatePreferences(input UserUpdatePreferencesInput) (UserUpdatePreferencesAnswer, error) {
	return call[UserUpdatePreferencesAnswer](userUpdatePreferences, input)
}

// ContentListInput is what ContentList takes.
type ContentListInput struct {
	// That item alone, with its whole text.
	ID string `json:"id,omitempty"`
	// Such as `story`; `[a-z0-9][a-z0-9_.-]*`.
	Kind string `json:"kind,omitempty"`
	// Where the page before ended.
	Cursor string `json:"cursor,omitempty"`
	// 1 to 100, usually 20.
	Limit *int64 `json:"limit,omitempty"`
	// Another user than the call's; only when the key that triggered the call has `users: any`.
	UserID string `json:"user_id,omitempty"`
}

// ContentListAnswer is what ContentList answers.
type ContentListAnswer struct {
	// The page.
	Items []ContentItem `json:"items"`
	// To go on with; null at the end.
	Cursor *string `json:"cursor"`
}

//go:wasmimport extism:host/user content_list
func contentList(input uint64) uint64

// ContentList lists content the user may see, the newest first, or gives one item.
//
// Needs `read:user_data`.
func ContentList(input ContentListInput) (ContentListAnswer, error) {
	return call[ContentListAnswer](contentList, input)
}

// ContentSearchInput is what ContentSearch takes.
type ContentSearchInput struct {
	// As one types into a search box: every word must be there; `"a phrase"`, `or`, `-without`.
	Query string `json:"query"`
	// Such as `story`; `[a-z0-9][a-z0-9_.-]*`.
	Kind string `json:"kind,omitempty"`
	// Finds words in other forms too, in content of that language only.
	Language string `json:"language,omitempty"`
	// Where the page before ended.
	Cursor string `json:"cursor,omitempty"`
	// 1 to 100, usually 20.
	Limit *int64 `json:"limit,omitempty"`
	// Another user than the call's; only when the key that triggered the call has `users: any`.
	UserID string `json:"user_id,omitempty"`
}

// ContentSearchAnswer is what ContentSearch answers.
type ContentSearchAnswer struct {
	// The page.
	Items []ContentItem `json:"items"`
	// To go on with; null at the end.
	Cursor *string `json:"cursor"`
}

//go:wasmimport extism:host/user content_search
func contentSearch(input uint64) uint64

// ContentSearch finds content the user may see, what fits best first.
//
// Needs `read:user_data`.
func ContentSearch(input ContentSearchInput) (ContentSearchAnswer, error) {
	return call[ContentSearchAnswer](contentSearch, input)
}

// ContentCreateInput is what ContentCreate takes.
type ContentCreateInput struct {
	// Such as `story`.
	Kind string `json:"kind"`
	// One line of at most 200 characters.
	Title string `json:"title"`
	// At most 64 KiB.
	Text string `json:"text"`
	// Such as `en`.
	Language string `json:"language,omitempty"`
	// Another user than the call's; only when the key that triggered the call has `users: any`.
	UserID string `json:"user_id,omitempty"`
}

// ContentCreateAnswer is what ContentCreate answers.
type ContentCreateAnswer struct {
	// To find it by.
	ID string `json:"id"`
	// 1.
	Revision int64 `json:"revision"`
}

//go:wasmimport extism:host/user content_create
func contentCreate(input uint64) uint64

// ContentCreate makes a new item of content of the user's.
//
// Needs `write:user_data`.
//
// May also fail with `data-quota-exceeded`.
func ContentCreate(input ContentCreateInput) (ContentCreateAnswer, error) {
	return call[ContentCreateAnswer](contentCreate, input)
}

// AnalyticsLogEventInput is what AnalyticsLogEvent takes.
type AnalyticsLogEventInput struct {
	// `[a-z0-9][a-z0-9_.-]{0,99}`.
	Name string `json:"name"`
	// At most 4 KiB of JSON.
	Properties map[string]any `json:"properties,omitempty"`
}

// AnalyticsLogEventAnswer is what AnalyticsLogEvent answers.
type AnalyticsLogEventAnswer struct {
	// True.
	Logged bool `json:"logged"`
}

//go:wasmimport extism:host/user analytics_log_event
func analyticsLogEvent(input uint64) uint64

// AnalyticsLogEvent remembers that something happened, for the user of the call if it has one.
//
// A plugin may log 10,000 events a day; they are kept for 90 days.
//
// Needs no permission.
//
// May also fail with `data-quota-exceeded`.
func AnalyticsLogEvent(input AnalyticsLogEventInput) (AnalyticsLogEventAnswer, error) {
	return call[AnalyticsLogEventAnswer](analyticsLogEvent, input)
}

// AnalyticsUserInput is what AnalyticsUser takes.
type AnalyticsUserInput struct {
	// Only events of this name.
	Name string `json:"name,omitempty"`
	// Where the page before ended.
	Cursor string `json:"cursor,omitempty"`
	// 1 to 100, usually 20.
	Limit *int64 `json:"limit,omitempty"`
	// Another user than the call's; only when the key that triggered the call has `users: any`.
	UserID string `json:"user_id,omitempty"`
}

// AnalyticsUserAnswer is what AnalyticsUser answers.
type AnalyticsUserAnswer struct {
	// The page.
	Events []LoggedEvent `json:"events"`
	// To go on with; null at the end.
	Cursor *string `json:"cursor"`
}

//go:wasmimport extism:host/user analytics_user
func analyticsUser(input uint64) uint64

// AnalyticsUser reads what the plugin itself logged for the user, the newest first.
//
// Needs `read:user_data`.
func AnalyticsUser(input AnalyticsUserInput) (AnalyticsUserAnswer, error) {
	return call[AnalyticsUserAnswer](analyticsUser, input)
}

// NotifySendInput is what NotifySend takes.
type NotifySendInput struct {
	// One line of at most 200 characters.
	Title string `json:"title"`
	// At most 2,000 characters.
	Body string `json:"body,omitempty"`
	// A path of the product, such as `/stories/7`, or an https address.
	Link string `json:"link,omitempty"`
	// `info` (usual), `success`, `warning` or `error`.
	Level string `json:"level,omitempty"`
	// Another user than the call's; only when the key that triggered the call has `users: any`.
	UserID string `json:"user_id,omitempty"`
}

// NotifySendAnswer is what NotifySend answers.
type NotifySendAnswer struct {
	// The notification's.
	ID string `json:"id"`
}

//go:wasmimport extism:host/user notify_send
func notifySend(input uint64) uint64

// NotifySend leaves a notification for the user, in the plugin's name.
//
// A plugin keeps at most 100 notifications for a user; they are kept for 90 days.
//
// Needs `modify:ui`.
//
// May also fail with `data-quota-exceeded`.
func NotifySend(input NotifySendInput) (NotifySendAnswer, error) {
	return call[NotifySendAnswer](notifySend, input)
}

// NotifyToastInput is what NotifyToast takes.
type NotifyToastInput struct {
	// One line of at most 200 characters.
	Text string `json:"text"`
	// `info` (usual), `success`, `warning` or `error`.
	Level string `json:"level,omitempty"`
	// Another user than the call's; only when the key that triggered the call has `users: any`.
	UserID string `json:"user_id,omitempty"`
}

// NotifyToastAnswer is what NotifyToast answers.
type NotifyToastAnswer struct {
	// True.
	Accepted bool `json:"accepted"`
}

//go:wasmimport extism:host/user notify_toast
func notifyToast(input uint64) uint64

// NotifyToast shows the user a message for a moment, if the user looks.
//
// Needs `modify:ui`.
//
// May also fail with `data-quota-exceeded`.
func NotifyToast(input NotifyToastInput) (NotifyToastAnswer, error) {
	return call[NotifyToastAnswer](notifyToast, input)
}

// LiveSendInput is what LiveSend takes.
type LiveSendInput struct {
	// Any JSON, at most 16 KiB.
	Payload any `json:"payload"`
	// What it is about; `[a-z0-9][a-z0-9_.:-]{0,99}`.
	Channel string `json:"channel,omitempty"`
	// Another user than the call's; only when the key that triggered the call has `users: any`.
	UserID string `json:"user_id,omitempty"`
}

// LiveSendAnswer is what LiveSend answers.
type LiveSendAnswer struct {
	// As the page sees it in `id`.
	MessageID string `json:"message_id"`
}

//go:wasmimport extism:host/user live_send
func liveSend(input uint64) uint64

// LiveSend sends a message to the user's open pages, on whichever process they are connected.
//
// Whether a page is open is not known, and who connects later does not get it: what must arrive is a notification.
//
// Needs `modify:ui`.
func LiveSend(input LiveSendInput) (LiveSendAnswer, error) {
	return call[LiveSendAnswer](liveSend, input)
}

// LiveBroadcastInput is what LiveBroadcast takes.
type LiveBroadcastInput struct {
	// One of those that user tokens name; `[a-z0-9][a-z0-9_.:-]{0,99}`.
	Channel string `json:"channel"`
	// Any JSON, at most 16 KiB.
	Payload any `json:"payload"`
}

// LiveBroadcastAnswer is what LiveBroadcast answers.
type LiveBroadcastAnswer struct {
	// As pages see it in `id`.
	MessageID string `json:"message_id"`
}

//go:wasmimport extism:host/user live_broadcast
func liveBroadcast(input uint64) uint64

// LiveBroadcast sends a message to the open pages of everybody in the tenant who listens to a channel.
//
// Needs `modify:ui`.
func LiveBroadcast(input LiveBroadcastInput) (LiveBroadcastAnswer, error) {
	return call[LiveBroadcastAnswer](liveBroadcast, input)
}
