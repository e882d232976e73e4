// A plugin that answers which phrase to practise today: one of a list, another each day, the same for everybody.
package main

import (
	"time"

	"github.com/extism/go-pdk"
)

// call is what the platform hands to a handler, as far as this one looks at it.
type call struct {
	Kwargs struct {
		// Another day than today, such as "2026-11-22".
		Date string `json:"date"`
	} `json:"kwargs"`
	Context struct {
		// When the platform called. The only clock a handler needs: with it, the same call gives the same answer.
		Timestamp time.Time `json:"timestamp"`
		Config    settings  `json:"config"`
	} `json:"context"`
}

// settings is what an operator configures.
type settings struct {
	// Nil when they configured none; empty when nothing shall be answered.
	Phrases []string `json:"phrases"`
}

// answer is a replace handler's: a result, or the word that the next handler should give one.
type answer struct {
	Result *phrase `json:"result,omitempty"`
	Pass   bool    `json:"pass,omitempty"`
}

type phrase struct {
	Text string `json:"text"`
	Date string `json:"date"`
}

// phraseOfTheDay handles the replace hook phrase_of_the_day.
//
//go:wasmexport phrase_of_the_day
func phraseOfTheDay() int32 {
	var asked call
	if err := pdk.InputJSON(&asked); err != nil {
		return refuse(err)
	}
	day := asked.Context.Timestamp
	if asked.Kwargs.Date != "" {
		parsed, err := time.Parse(time.DateOnly, asked.Kwargs.Date)
		if err != nil {
			return refuse(err)
		}
		day = parsed
	}
	return give(choose(asked.Context.Config.phrases(), day))
}

func (s settings) phrases() []string {
	if s.Phrases == nil {
		return ourPhrases
	}
	return s.Phrases
}

// choose goes through the phrases in their order, one a day by UTC.
func choose(phrases []string, day time.Time) answer {
	if len(phrases) == 0 {
		return answer{Pass: true}
	}
	days := int(day.UTC().Unix() / 86_400)
	index := ((days % len(phrases)) + len(phrases)) % len(phrases)
	return answer{Result: &phrase{Text: phrases[index], Date: day.UTC().Format(time.DateOnly)}}
}

func give(result answer) int32 {
	if err := pdk.OutputJSON(result); err != nil {
		return refuse(err)
	}
	return 0
}

// refuse says what is wrong; the platform tells it to whoever called.
func refuse(err error) int32 {
	pdk.SetError(err)
	return 1
}

// main is never called: the platform calls what is exported.
func main() {}
