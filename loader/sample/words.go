package sample

// country is a country with its traffic-analysis tag.
type country struct{ name, adjective, tag string }

// post is a real post, as cables write it.
type post struct {
	serial  uint64 // tells posts apart when people are drawn for them
	name    string // "Embassy Paris"
	station string // "PARIS"
	line    string // in the body's first line and page breaks: "TEL AVIV"
	address string // "AMEMBASSY TEL AVIV"
	route   string // "RUEHTV"
	country country
}

// posts holds the department first, then the others.
var posts = []post{
	{1, "Secretary of State", "STATE", "STATE", "SECSTATE WASHDC", "RUEHC", country{"the United States", "American", "US"}},
	{2, "Embassy Paris", "PARIS", "PARIS", "AMEMBASSY PARIS", "RUEHFR", country{"France", "French", "FR"}},
	{3, "Embassy Tel Aviv", "TELAVIV", "TEL AVIV", "AMEMBASSY TEL AVIV", "RUEHTV", country{"Israel", "Israeli", "IS"}},
	{4, "Embassy London", "LONDON", "LONDON", "AMEMBASSY LONDON", "RUEHLO", country{"the United Kingdom", "British", "UK"}},
	{5, "Embassy Berlin", "BERLIN", "BERLIN", "AMEMBASSY BERLIN", "RUEHRL", country{"Germany", "German", "GM"}},
	{6, "Embassy Moscow", "MOSCOW", "MOSCOW", "AMEMBASSY MOSCOW", "RUEHMO", country{"Russia", "Russian", "RS"}},
	{7, "Embassy Madrid", "MADRID", "MADRID", "AMEMBASSY MADRID", "RUEHMD", country{"Spain", "Spanish", "SP"}},
	{8, "Embassy Rome", "ROME", "ROME", "AMEMBASSY ROME", "RUEHRO", country{"Italy", "Italian", "IT"}},
	{9, "Embassy Brasilia", "BRASILIA", "BRASILIA", "AMEMBASSY BRASILIA", "RUEHBR", country{"Brazil", "Brazilian", "BR"}},
	{10, "Embassy Ankara", "ANKARA", "ANKARA", "AMEMBASSY ANKARA", "RUEHAK", country{"Turkey", "Turkish", "TU"}},
	{11, "Embassy Cairo", "CAIRO", "CAIRO", "AMEMBASSY CAIRO", "RUEHEG", country{"Egypt", "Egyptian", "EG"}},
	{12, "Embassy Abu Dhabi", "ABUDHABI", "ABU DHABI", "AMEMBASSY ABU DHABI", "RUEHAD", country{"the United Arab Emirates", "Emirati", "AE"}},
	{13, "Embassy Rabat", "RABAT", "RABAT", "AMEMBASSY RABAT", "RUEHRB", country{"Morocco", "Moroccan", "MO"}},
	{14, "Embassy Beijing", "BEIJING", "BEIJING", "AMEMBASSY BEIJING", "RUEHBJ", country{"China", "Chinese", "CH"}},
	{15, "Embassy Seoul", "SEOUL", "SEOUL", "AMEMBASSY SEOUL", "RUEHUL", country{"South Korea", "Korean", "KS"}},
	{16, "Embassy Buenos Aires", "BUENOSAIRES", "BUENOS AIRES", "AMEMBASSY BUENOS AIRES", "RUEHBU", country{"Argentina", "Argentine", "AR"}},
	{17, "Embassy Bogota", "BOGOTA", "BOGOTA", "AMEMBASSY BOGOTA", "RUEHBO", country{"Colombia", "Colombian", "CO"}},
	{18, "Embassy Nairobi", "NAIROBI", "NAIROBI", "AMEMBASSY NAIROBI", "RUEHNR", country{"Kenya", "Kenyan", "KE"}},
	{19, "Embassy Stockholm", "STOCKHOLM", "STOCKHOLM", "AMEMBASSY STOCKHOLM", "RUEHSM", country{"Sweden", "Swedish", "SW"}},
	{20, "Embassy Oslo", "OSLO", "OSLO", "AMEMBASSY OSLO", "RUEHNY", country{"Norway", "Norwegian", "NO"}},
	{21, "Embassy Warsaw", "WARSAW", "WARSAW", "AMEMBASSY WARSAW", "RUEHWR", country{"Poland", "Polish", "PL"}},
	{22, "Embassy Tbilisi", "TBILISI", "TBILISI", "AMEMBASSY TBILISI", "RUEHSI", country{"Georgia", "Georgian", "GG"}},
	{23, "Embassy Ottawa", "OTTAWA", "OTTAWA", "AMEMBASSY OTTAWA", "RUEHOT", country{"Canada", "Canadian", "CA"}},
	{24, "Consulate Istanbul", "ISTANBUL", "ISTANBUL", "AMCONSUL ISTANBUL", "RUEHIT", country{"Turkey", "Turkish", "TU"}},
	{25, "Consulate Munich", "MUNICH", "MUNICH", "AMCONSUL MUNICH", "RUEHMZ", country{"Germany", "German", "GM"}},
	{26, "Embassy Kuwait", "KUWAIT", "KUWAIT", "AMEMBASSY KUWAIT", "RUEHKU", country{"Kuwait", "Kuwaiti", "KU"}},
}

var (
	department = posts[0]
	paris      = posts[1]
	telAviv    = posts[2]

	kouchner  = official{"Foreign Minister", "Bernard Kouchner"}
	netanyahu = official{"Prime Minister", "Benjamin Netanyahu"}
	clinton   = official{"Secretary of State", "Hillary Clinton"}
)

// officials are the few real names, by the tag of the country; all that they do here is made up.
var officials = map[string][]official{
	"FR": {kouchner, {"President", "Nicolas Sarkozy"}},
	"IS": {netanyahu},
	"GM": {{"Chancellor", "Angela Merkel"}},
	"RS": {{"Foreign Minister", "Sergey Lavrov"}},
	"UK": {{"Foreign Secretary", "David Miliband"}},
	"TU": {{"Foreign Minister", "Ahmet Davutoglu"}},
	"IT": {{"Foreign Minister", "Franco Frattini"}},
	"BR": {{"Foreign Minister", "Celso Amorim"}},
}

// matter is a harmless thing to write cables about.
type matter struct {
	name string
	tags []string
	noun string
}

// visit carries the tag of a person.
var visit = matter{"a visit to the botanical garden", []string{"OVIP", "CLINTON, HILLARY"}, "garden"}

var matters = []matter{
	{"the loan of old maps", []string{"SCUL", "KPAO"}, "map collection"},
	{"night trains and their timetable", []string{"ELTN", "ECON"}, "night train"},
	{"weather stations in the hills", []string{"SENV", "TPHY"}, "weather station"},
	{"the counting of storks", []string{"SENV"}, "stork census"},
	{"a bank of old seeds", []string{"EAGR", "SENV"}, "seed bank"},
	{"an exchange of school choirs", []string{"OEXC", "SCUL"}, "choir"},
	{"lamps for old lighthouses", []string{"EWWT", "ETRD"}, "lighthouse"},
	{"a shared telescope", []string{"TSPL", "TSPA"}, "telescope"},
	{"a drill for earthquakes", []string{"EAID", "PGOV"}, "drill"},
	{"a museum of bicycles", []string{"SCUL", "ETRD"}, "bicycle museum"},
	{"the price of honey", []string{"EAGR", "ETRD", "ECON"}, "honey market"},
	{"stamps with rivers on them", []string{"ECPS", "KPAO"}, "stamp series"},
}

var organizations = []string{"NATO", "UN", "EUN", "WTO", "OSCE", "UNESCO"}

var titles = []string{"Deputy Foreign Minister", "Culture Minister", "Transport Minister", "Governor", "Professor", "Mayor", "Ambassador", "Director"}

var firstNames = []string{
	"Alma", "Anselm", "Beata", "Bruno", "Clara", "Corvin", "Dalia", "Edgar", "Elvira", "Fabian", "Greta", "Hektor", "Ilse", "Joram",
	"Katya", "Leander", "Mirela", "Nestor", "Odette", "Pascal", "Quentin", "Rosalind", "Silvan", "Thea", "Ulrik", "Vera", "Wanda", "Xenia", "Yorick", "Zelda",
}

var lastNames = []string{
	"Abendroth", "Barrowfield", "Calderwick", "Dornbusch", "Eastlake", "Fairweather", "Gansevoort", "Hollyhock", "Ironmonger", "Juniper",
	"Kestrelman", "Lindqvarn", "Marchbanks", "Nightshade", "Oldcastle", "Pemberwick", "Quillfeather", "Rosenthorn", "Silverlake", "Thistlewood",
	"Underhill", "Vandersloot", "Wintergreen", "Yarrowby", "Zimmerlund", "Applegarth", "Brambleton", "Cranesbill", "Dewhurst", "Elderflower",
	"Foxglove", "Greenhalgh", "Hawthornden", "Ivelchester", "Jasperson", "Kingfisher", "Larkspurre", "Meadowcroft", "Netherby", "Overstrand",
}

// sentences are templates. {lead} is the one in office, by surname; {guest} and
// {other} are invented people, {guest} by the full name.
var sentences = []string{
	"{lead} said that the {noun} was the best news of the season, and asked that {partner} be told so.",
	"{guest} showed a drawing of the {noun} and counted its parts twice.",
	"The {adjective} side had brought {number} folders, of which {other} opened only the green ones.",
	"{other} doubted that the {partneradjective} offer would hold until spring, but liked the colour of the envelope.",
	"Asked about {partner}, {lead} answered that good neighbours return what they borrow.",
	"The {noun} will need {number} volunteers; {guest} knows most of them by name.",
	"Over tea, {lead} recalled a walk along the river and spoke kindly of the {partneradjective} guests.",
	"{other} will send a list of {number} questions, none of them urgent.",
	"All agreed that the {noun} should open on a dry day.",
	"{guest} thanked the {adjective} hosts, and promised a report of no more than {number} pages.",
	"The room was cold, the mood was not, and {other} kept the minutes in pencil.",
	"{lead} would like the {partneradjective} delegation to see the {noun} before the end of the month.",
}

var headings = []string{"The matter itself", "What the hosts said", "The other side", "Numbers and dates", "Next steps", "A walk in the garden"}
