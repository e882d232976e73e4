package main

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"storysign.example/sdk"
)

const (
	groupPrefix = "groups/"
	userKey     = "group"
	// So often is a change tried again that another call came before.
	attempts = 5
)

var errFull = errors.New("the group is full")

// enter adds a user to a group and gives its members; errFull when there is no room.
func enter(group, user string) ([]string, error) {
	most := configured().MostMembers
	return change(group, func(members []string) ([]string, error) {
		if slices.Contains(members, user) {
			return members, nil
		}
		if len(members) >= most {
			return nil, errFull
		}
		return append(members, user), nil
	})
}

// leave strikes a user off a group.
func leave(group, user string) error {
	_, err := change(group, func(members []string) ([]string, error) {
		return slices.DeleteFunc(members, func(member string) bool { return member == user }), nil
	})
	return err
}

// change writes a group's members anew; once more when another call changed them meanwhile.
func change(group string, by func([]string) ([]string, error)) ([]string, error) {
	for attempt := 1; ; attempt++ {
		members, revision, err := readGroup(group)
		if err != nil {
			return nil, err
		}
		if members, err = by(members); err != nil {
			return nil, err
		}
		_, err = storysign.StorageSet(storysign.StorageSetInput{
			Key:        groupPrefix + group,
			Value:      members,
			IfRevision: revision,
			IfAbsent:   revision == nil,
		})
		if !storysign.Is(err, storysign.CodePreconditionFailed) || attempt == attempts {
			return members, err
		}
	}
}

// readGroup gives a group's members and its revision, if there is such a group.
func readGroup(group string) ([]string, *int64, error) {
	stored, err := storysign.StorageGet(storysign.StorageGetInput{Key: groupPrefix + group})
	if err != nil || stored == nil {
		return nil, nil, err
	}
	var members []string
	err = json.Unmarshal(stored.Value, &members)
	return members, &stored.Revision, err
}

// groups are the names of all groups, the first thousand.
func groups() ([]string, error) {
	page, err := storysign.StorageList(storysign.StorageListInput{
		Prefix: groupPrefix,
		Limit:  storysign.Some[int64](1000),
	})
	names := []string{}
	for _, key := range page.Keys {
		names = append(names, strings.TrimPrefix(key, groupPrefix))
	}
	return names, err
}

// groupOfUser is the group of the user the plugin was called for; empty when there is none.
func groupOfUser() (string, error) {
	stored, err := storysign.StorageGet(storysign.StorageGetInput{Key: userKey, User: true})
	if err != nil || stored == nil {
		return "", err
	}
	var kept membership
	err = json.Unmarshal(stored.Value, &kept)
	return kept.Group, err
}
