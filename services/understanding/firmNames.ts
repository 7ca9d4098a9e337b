const namesOf = (lines: string): readonly string[] =>
  lines
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Firms and services that customers take for granted, in lower case and without punctuation; none that the desk works with. */
export const FIRMS: readonly string[] = namesOf(`
  google, gmail, google pay, gpay, google drive, google photos, google maps, youtube, android, chromebook, facebook, fb, instagram, insta, whatsapp, messenger, meta, threads, tiktok, twitter, snapchat, linkedin,
  pinterest, reddit, quora, telegram, discord, tinder, bumble, shaadi com, bharat matrimony, truecaller, wechat, viber, skype, zoom, slack, microsoft, ms office, office 365, outlook, hotmail, onedrive, xbox,
  windows 10, windows 11, bing, apple, icloud, iphone, siri, alexa, amazon, amazon prime, prime video, aws, kindle, flipkart, myntra, meesho, snapdeal, ajio, nykaa, bigbasket, blinkit, zepto, swiggy, zomato, dominos,
  dunzo, jiomart, ebay, aliexpress, alibaba, temu, shein, walmart, ikea, etsy, shopify, netflix, hotstar, disney plus, spotify, gaana, jiosaavn, playstation, nintendo, roblox, fortnite, minecraft, pubg, dream11,
  uber, ola cabs, rapido, airbnb, booking com, makemytrip, goibibo, oyo, irctc, indian railways, indigo airlines, air india, vistara, paytm, phonepe, bhim, paypal, razorpay, cred app, mobikwik, visa card, mastercard,
  rupay, sbi, state bank of india, hdfc, hdfc bank, icici, icici bank, axis bank, kotak, kotak bank, punjab national bank, pnb, bank of baroda, canara bank, yes bank, citibank, hsbc, lic, bajaj finserv, zerodha,
  groww, coinbase, binance, wazirx, jio, reliance jio, airtel, vodafone, bsnl, act fibernet, tata sky, dish tv, verizon, comcast, dell, hp, lenovo, asus, acer, samsung, xiaomi, redmi, oneplus, realme, vivo, oppo,
  sony, lg, intel, nvidia, adobe, photoshop, dropbox, wordpress, godaddy, wix, github, chatgpt, openai, gemini, copilot, norton, mcafee, kaspersky, avast, quick heal, nordvpn, barclays, lloyds, lloyds bank, natwest, halifax, santander, monzo, revolut, wells fargo, bank of america, capital one,
  zoho, zoho books, tesco, argos, currys, asda, sainsburys, royal mail, ticketmaster, deliveroo, just eat, vinted, gumtree, wickes, costco, nextdoor, mailchimp, yahoo, rediff, rediffmail, proton mail,
  protonmail, yandex, firefox, mozilla, opera browser, brave browser, duckduckgo, safari, wikipedia, bestbuy, best buy, geek squad, urban company, justdial, olx, quikr, naukri, naukri com, indeed com, glassdoor, byjus, unacademy, coursera,
  udemy, duolingo, strava, fitbit, tesla, dhl, fedex, bluedart, blue dart, delhivery, dtdc, india post, equifax, cibil, experian, steam, signal app, signal messenger`);
