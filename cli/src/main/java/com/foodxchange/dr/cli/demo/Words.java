package com.foodxchange.dr.cli.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/** What the documents of the marketplace are made of. */
final class Words {
    static final List<String> FIRST = List.of(
            "Amira",
            "José",
            "Mei",
            "Olufemi",
            "Søren",
            "Zoë",
            "Rajesh",
            "Fatima",
            "Łukasz",
            "Chiara",
            "Nguyễn",
            "Anaïs",
            "Dmitri",
            "Aylin",
            "Kwame",
            "Ingrid",
            "Hiroshi",
            "María",
            "Tomás",
            "Leila",
            "Björn",
            "Priya",
            "Jean-Luc",
            "Noa");
    static final List<String> LAST = List.of(
            "Haddad",
            "García",
            "Wong",
            "Adeyemi",
            "Jørgensen",
            "Vermeulen",
            "Iyer",
            "Al-Sayed",
            "Nowak",
            "Ricci",
            "Trần",
            "Lefèvre",
            "Volkov",
            "Yıldız",
            "Mensah",
            "Lindqvist",
            "Tanaka",
            "Muñoz",
            "O'Brien",
            "Rahimi",
            "Weiß",
            "Patel");
    static final List<String> COUNTRIES = List.of(
            "AE", "AR", "BR", "CN", "DE", "DK", "EG", "ES", "FR", "GB", "GH", "IL", "IN", "IT", "JP", "MA", "MX", "NG",
            "NL", "PL", "PT", "SE", "TH", "TR", "US", "VN", "ZA");
    static final List<String> CITIES = List.of(
            "Dubai",
            "Rosário",
            "São Paulo",
            "Shenzhen",
            "Köln",
            "Århus",
            "Cairo",
            "València",
            "Lyon",
            "Bristol",
            "Accra",
            "Haifa",
            "Kochi",
            "Parma",
            "Osaka",
            "Agadir",
            "Mérida",
            "Lagos",
            "Rotterdam",
            "Gdańsk",
            "Porto",
            "Malmö");
    static final List<String> CURRENCIES = List.of("USD", "EUR", "GBP", "AED", "INR", "BRL");
    static final List<String> LANGUAGES =
            List.of("en", "es", "fr", "de", "ar", "hi", "zh", "pt", "tr", "pl", "it", "ja");
    static final List<String> EXPERTISE = List.of(
            "sourcing",
            "food safety",
            "HACCP",
            "halal certification",
            "kosher certification",
            "organic labelling",
            "cold chain",
            "private label",
            "customs brokerage",
            "sensory analysis",
            "packaging",
            "shelf life",
            "allergens",
            "retail negotiation",
            "sustainability audit",
            "import quota",
            "nutrition claims",
            "recall management");
    static final List<String> PRODUCTS = List.of(
            "extra virgin olive oil",
            "frozen mango chunks",
            "basmati rice",
            "roasted almonds",
            "tomato paste",
            "UHT milk",
            "chickpea pasta",
            "smoked paprika",
            "cane sugar",
            "cocoa butter",
            "canned tuna",
            "oat drink",
            "dates, pitted",
            "quinoa",
            "tahini",
            "gluten-free flour",
            "coconut water",
            "dried apricots",
            "sunflower oil",
            "halloumi");
    static final List<String> SENTENCES = List.of(
            "Could you share the certificate before Thursday?", "The sample arrived and the texture is right.",
            "We need two pallets first, then a container a month.", "Please check the label against the new rule.",
            "The price holds until the end of the quarter.", "Our laboratory found nothing above the limit.",
            "Can we move the call to 14:00 UTC?", "I have attached the specification sheet.",
            "The supplier asks for 30 % in advance.", "Shelf life is eighteen months at 20 °C.",
            "The customer wants the lids in green.", "Shipment left the port this morning.",
            "Thanks, that was exactly what we needed.", "The invoice number on the second page is wrong.");

    private Words() {}

    static String of(List<String> words, RandomGenerator random) {
        return words.get(random.nextInt(words.size()));
    }

    /** Some sentences, one after the other. */
    static String text(int sentences, RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentences; i++) {
            text.append(i == 0 ? "" : " ").append(of(SENTENCES, random));
        }
        return text.toString();
    }

    /** Lower-case hex digits. */
    static String hex(int digits, RandomGenerator random) {
        StringBuilder text = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }
}
