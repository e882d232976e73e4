// A plugin for groups that practise together: learners join one, and hear of each other's success.
package main

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/extism/go-pdk"
	"storysign.example/sdk"
)

// wellDone is a score from which on the group hears of it.
const wellDone = 80

// settings is what an operator configures; the manifest has the defaults.
type settings struct {
	MostMembers int `json:"most_members"`
}

// membership is kept for each user: where they belong.
type membership struct {
	Group string `json:"group"`
}

// join is the endpoint POST /groups: the user joins a group, and leaves the one before.
//
//go:wasmexport join
func join() int32 { return storysign.Endpoint(joined) }

func joined(request storysign.Request) (storysign.Response, error) {
	var wanted membership
	if err := json.Unmarshal([]byte(request.Body), &wanted); err != nil || !isName(wanted.Group) {
		return refused(400, "`group` must be 1 to 40 small letters, digits and dashes")
	}
	if request.UserID == nil {
		return refused(401, "nobody is signed in")
	}
	members, err := enter(wanted.Group, *request.UserID)
	if err == errFull {
		return refused(409, "the group is full")
	}
	if err != nil {
		return storysign.Response{}, err
	}
	if err := move(*request.UserID, wanted.Group); err != nil {
		return storysign.Response{}, err
	}
	if err := tell(wanted.Group, *request.UserID, len(members)); err != nil {
		return storysign.Response{}, err
	}
	return storysign.JSON(200, map[string]any{"group": wanted.Group, "members": len(members)})
}

// list is the endpoint GET /groups: every group and how many belong to it.
//
//go:wasmexport list
func list() int32 { return storysign.Endpoint(listed) }

func listed(storysign.Request) (storysign.Response, error) {
	names, err := groups()
	if err != nil {
		return storysign.Response{}, err
	}
	counts := map[string]int{}
	for _, name := range names {
		members, _, err := readGroup(name)
		if err != nil {
			return storysign.Response{}, err
		}
		counts[name] = len(members)
	}
	return storysign.JSON(200, counts)
}

// practised is the after hook practice_completed: a good result is told to the open pages of the group.
//
//go:wasmexport practised
func practised() int32 { return storysign.After(cheered) }

func cheered(call storysign.HookCall) error {
	var practice struct {
		Score int `json:"score"`
	}
	if json.Unmarshal(call.Result, &practice) != nil || practice.Score < wellDone || call.Context.UserID == nil {
		return nil
	}
	group, err := groupOfUser()
	if err != nil || group == "" {
		return err
	}
	name, err := nameOfUser(*call.Context.UserID)
	if err != nil {
		return err
	}
	_, err = storysign.LiveBroadcast(storysign.LiveBroadcastInput{
		Channel: channel(group),
		Payload: map[string]any{"cheer": name, "score": practice.Score},
	})
	return err
}

// move notes the user's new group, and strikes them off the one before.
func move(user, group string) error {
	before, err := groupOfUser()
	if err != nil {
		return err
	}
	_, err = storysign.StorageSet(storysign.StorageSetInput{Key: userKey, Value: membership{group}, User: true})
	if err != nil || before == "" || before == group {
		return err
	}
	return leave(before, user)
}

// tell says to the group's pages, to whoever subscribed to the hook, and in the record of events that there is a new member.
func tell(group, user string, members int) error {
	name, err := nameOfUser(user)
	if err != nil {
		return err
	}
	_, err = storysign.LiveBroadcast(storysign.LiveBroadcastInput{
		Channel: channel(group),
		Payload: map[string]any{"joined": name, "members": members},
	})
	if err != nil {
		return err
	}
	_, err = storysign.AnalyticsLogEvent(storysign.AnalyticsLogEventInput{
		Name:       "group.joined",
		Properties: map[string]any{"group": group, "members": members},
	})
	if err != nil {
		return err
	}
	_, err = storysign.HookEmit(storysign.HookEmitInput{
		HookName:    "plugin.study-groups.joined",
		Result:      map[string]any{"group": group, "members": members},
		OrderingKey: group,
	})
	if storysign.Is(err, storysign.CodePermissionDenied) {
		pdk.Log(pdk.LogInfo, "no hook is emitted: the operator did not grant it")
		return nil
	}
	return err
}

// nameOfUser is how others know the user: by the name in the profile, if the product told one.
func nameOfUser(user string) (string, error) {
	known, err := storysign.UserGet(storysign.UserGetInput{})
	if err != nil || known == nil {
		return user, err
	}
	var profile struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(known.Profile, &profile) != nil || profile.Name == "" {
		return user, nil
	}
	return profile.Name, nil
}

func configured() settings {
	set := settings{MostMembers: 8}
	if text, found := pdk.GetConfig("most_members"); found {
		fmt.Sscan(text, &set.MostMembers)
	}
	return set
}

func channel(group string) string { return "group." + group }

func isName(name string) bool {
	return len(name) > 0 && len(name) <= 40 && !slices.ContainsFunc([]byte(name), func(c byte) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-'
	})
}

func refused(status int, why string) (storysign.Response, error) {
	return storysign.JSON(status, map[string]string{"error": why})
}

// main is never called: the platform calls what is exported.
func main() {}
