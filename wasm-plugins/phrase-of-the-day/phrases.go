package main

// ourPhrases are what a beginner of a sign language practises first.
var ourPhrases = []string{
	"Hello, how are you?",
	"My name is …",
	"Nice to meet you.",
	"Thank you very much.",
	"Please sign more slowly.",
	"I don't understand, again please.",
	"Where do you live?",
	"I am learning to sign.",
	"What time is it?",
	"See you tomorrow.",
	"Once upon a time there was a frog.",
	"The story ends well.",
}
