package graph

import "strings"

// countryWords are the countries as the list of posts names them, each with the
// folded words by which texts call it and what is its own. Words that several
// countries have in common (Korean, Congolese, Guinean, Dominican) are left out.
const countryWords = `Afghanistan: afghan
Albania: albanian
Algeria: algerian
Angola: angolan
Argentina: argentine, argentinian, argentinean
Armenia: armenian
Australia: australian
Austria: austrian
Azerbaijan: azerbaijani, azeri
Bahamas: bahamian
Bahrain: bahraini
Bangladesh: bangladeshi
Barbados: barbadian
Belarus: belarusian, belarussian
Belgium: belgian
Belize: belizean
Benin: beninese
Bolivia: bolivian
Bosnia and Herzegovina: bosnian, bosnia, bih
Botswana: botswanan
Brazil: brazilian
Brunei: bruneian
Bulgaria: bulgarian
Burkina Faso: burkinabe
Burma: burmese, myanmar
Burundi: burundian
Cambodia: cambodian
Cameroon: cameroonian
Canada: canadian
Cape Verde: cape verdean
Central African Republic:
Chad: chadian
Chile: chilean
China: chinese, prc, p r c
Colombia: colombian
Costa Rica: costa rican
Cote d'Ivoire: ivorian, ivory coast
Croatia: croatian, croat
Cuba: cuban
Cyprus: cypriot
Czech Republic: czech
Democratic Republic of the Congo: drc
Denmark: danish
Djibouti: djiboutian
Dominican Republic:
Ecuador: ecuadorian, ecuadorean
Egypt: egyptian
El Salvador: salvadoran
Equatorial Guinea: equatoguinean
Eritrea: eritrean
Estonia: estonian
Ethiopia: ethiopian
Fiji: fijian
Finland: finnish
France: french
Gabon: gabonese
Gambia: gambian
Georgia: georgian
Germany: german
Ghana: ghanaian
Greece: greek
Grenada: grenadian
Guatemala: guatemalan
Guyana: guyanese
Haiti: haitian
Holy See: vatican
Honduras: honduran
Hungary: hungarian
Iceland: icelandic
India: indian
Indonesia: indonesian
Iran: iranian
Iraq: iraqi
Ireland: irish
Israel: israeli
Italy: italian
Jamaica: jamaican
Japan: japanese
Jordan: jordanian
Kazakhstan: kazakh, kazakhstani
Kenya: kenyan
Kosovo: kosovar
Kuwait: kuwaiti
Kyrgyzstan: kyrgyz
Laos: lao, laotian
Latvia: latvian
Lebanon: lebanese
Lesotho: basotho
Liberia: liberian
Libya: libyan
Lithuania: lithuanian
Luxembourg: luxembourgish
Macedonia: macedonian
Madagascar: malagasy
Malawi: malawian
Malaysia: malaysian
Maldives: maldivian
Mali: malian
Malta: maltese
Mauritania: mauritanian
Mauritius: mauritian
Mexico: mexican
Moldova: moldovan
Mongolia: mongolian
Montenegro: montenegrin
Morocco: moroccan
Mozambique: mozambican
Namibia: namibian
Nepal: nepalese, nepali
Netherlands: dutch
New Zealand:
Nicaragua: nicaraguan
Niger: nigerien
Nigeria: nigerian
North Korea: north korean, dprk
Norway: norwegian
Oman: omani
Pakistan: pakistani
Palestinian Authority: palestinian
Panama: panamanian
Papua New Guinea:
Paraguay: paraguayan
Peru: peruvian
Philippines: philippine, filipino
Poland: polish
Portugal: portuguese
Qatar: qatari
Romania: romanian
Russia: russian, russian federation
Rwanda: rwandan
Samoa: samoan
Saudi Arabia: saudi, saudi arabian
Senegal: senegalese
Serbia: serbian
Sierra Leone: sierra leonean
Singapore: singaporean
Slovakia: slovak
Slovenia: slovenian, slovene
Somalia: somali
South Africa: south african
South Korea: south korean, rok, republic of korea
Spain: spanish
Sri Lanka: sri lankan
Sudan: sudanese
Suriname: surinamese
Swaziland: swazi
Sweden: swedish
Switzerland: swiss
Syria: syrian
Taiwan: taiwanese
Tajikistan: tajik
Tanzania: tanzanian
Thailand: thai
Timor-Leste: timorese, east timor
Togo: togolese
Trinidad and Tobago: trinidadian
Tunisia: tunisian
Turkey: turkish
Turkmenistan: turkmen
Uganda: ugandan
Ukraine: ukrainian
United Arab Emirates: emirati, uae
United Kingdom: british, uk, u k, britain, great britain
United States: american, us, u s, usa
Uruguay: uruguayan
Uzbekistan: uzbek
Venezuela: venezuelan
Vietnam: vietnamese
Yemen: yemeni
Zambia: zambian
Zimbabwe: zimbabwean`

// countries maps folded words to the country that they name.
var countries = func() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(countryWords) {
		name, words, _ := strings.Cut(strings.TrimSpace(line), ":")
		all[Fold(name)] = name
		for word := range strings.SplitSeq(words, ",") {
			if word = strings.TrimSpace(word); word != "" {
				all[word] = name
			}
		}
	}
	return all
}()

// Country returns the country that a word or two name, by its own name or by
// what is its own: "France", "French", "UK"; case is ignored. Empty where they name none.
func Country(words string) string { return countries[Fold(words)] }
