// Package people finds who is named in a cable, and settles who they are over
// all cables.
//
// Find goes from one parsed cable to its namings: the words are cut once
// (token.go), each line is told apart by what it is for (line.go), each kind of
// finding has a file of its own and gives finds with the name of its rule, the
// finds become individuals (individual.go), and those namings (naming.go).
//
// Resolve goes from all namings of one surname to people. It knows nothing of
// texts: names, titles, countries and dates decide.
//
// What is known beforehand lies in data/: small word lists, written for this
// project. Nothing here asks a network, a database or a clock.
package people
