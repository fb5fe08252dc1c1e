import type { PaymentRule } from "./settings-schema.ts";

/** One phrase per comma or line. */
const phrases = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "");

const whenWords = (method: PaymentRule["method"], text: string): PaymentRule[] =>
  phrases(text).map((phrase) => ({ on: "gateway", match: "words", text: phrase, method }));

const whenExactly = (method: PaymentRule["method"], text: string): PaymentRule[] =>
  phrases(text).map((phrase) => ({ on: "gateway", match: "exact", text: phrase, method }));

/** COD is named in order to deny it. A fee that is not asked for ("COD, no COD fee") and a limit ("not available above ₹50,000") deny nothing. */
const denials = [
  ...whenWords("Prepaid", "prepaid no cod, prepaid not cod, prepaid non cod, prepaid without cod"),
  ...whenWords(
    "COD",
    `no cod fee, no cod fees, no cod charge, no cod charges, no cod cost, no cod handling, no cod extra, no cod surcharge
     without cod fee, without cod fees, without cod charge, without cod charges, without cod cost, without cod handling
     no cash on delivery fee, no cash on delivery fees, no cash on delivery charge, no cash on delivery charges
     without cash on delivery fee, without cash on delivery charges
     cod not available above, cod not available over, cod not available below, cod not available under
     cod not available for, cod not available in, cash on delivery not available above, cash on delivery not available for`,
  ),
  ...whenWords(
    "Prepaid",
    `no cod, non cod, not cod, without cod, except cod
     cod not available, cod unavailable, cod not accepted, cod disabled
     no cash on delivery, non cash on delivery, not cash on delivery, without cash on delivery
     cash on delivery not available, cash on delivery unavailable, keine nachnahme, ohne nachnahme`,
  ),
];

/**
 * What shops, payment apps and couriers call cash on delivery. What is paid "on delivery" by card or UPI is
 * collected at the door as well.
 */
const cashOnDelivery = [
  ...whenWords(
    "COD",
    `cod, c o d, ppcod, on delivery, upon delivery, at delivery, on delievery, on dilivery, on delivary
     cashondelivery, cashon delivery, payondelivery, pay at door, pay at doorstep
     cash to courier, कैश ऑन डिलीवरी, कैश ऑन डिलिवरी, ক্যাশ অন ডেলিভারি, کیش آن ڈیلیوری`,
  ),
  // Gulf, Levant, Iran, Israel; South-East and East Asia
  ...whenWords(
    "COD",
    `عند الاستلام, عند التسليم, عند التوصيل, پرداخت در محل, מזומן לשליח, תשלום לשליח
     bayar di tempat, bayar ditempat, semasa penghantaran, khi nhận hàng, เก็บเงินปลายทาง, ชำระเงินปลายทาง
     货到付款, 貨到付款, 代金引換, 代引き, 代引`,
  ),
  // West, south and north of Europe; Latin America
  ...whenWords(
    "COD",
    `nachnahme, zahlung bei lieferung, barzahlung bei lieferung, contrassegno, alla consegna
     contra reembolso, contrareembolso, contrarreembolso, contra entrega, contraentrega, pago al recibir
     na entrega, à cobrança, contre remboursement, à la livraison, onder rembours, rembours, bij levering
     efterkrav, ved levering, vid leverans, postförskott, postoppkrav, postiennakko, póstkrafa`,
  ),
  // East and south-east of Europe
  ...whenWords(
    "COD",
    `dobírka, dobírkou, dobírku, při převzetí, dobierka, dobierkou, dobierku, pri prevzatí
     za pobraniem, pobranie, przy odbiorze, utánvét, utánvéttel, utánvétes, utánvétel
     ramburs, la livrare, pouzeće, pouzećem, povzetje, po povzetju, lunamaks, pēcmaksa
     наложенный платёж, наложенным платежом, наложен платеж, накладений платіж, накладеним платежем, післяплата
     при получении, при отриманні, αντικαταβολή, αντικαταβολής, kapıda, kapida`,
  ),
];

/** Prepaid anywhere: cards, wallets, money that is in the bank before the goods leave. */
const anywhere = whenWords(
  "Prepaid",
  `prepaid, shopify payments, shop pay, shopify installments, gift card, store credit
   stripe, paypal, adyen, worldpay, checkout com, klarna, amazon pay, amazon payments, apple pay, google pay, gpay
   samsung pay, alipay, alipayplus, wechat pay, unionpay, airwallex, payoneer, paysafecard, 2checkout, rapyd
   credit card, debit card, credit cards, debit cards, visa, mastercard, maestro, american express, amex
   bank transfer, bank deposit, wire transfer, advance payment, money order, bogus`,
);

const india = whenWords(
  "Prepaid",
  `razorpay, magic checkout, cashfree, payu, payubiz, payumoney, phonepe, paytm, ccavenue, instamojo
   easebuzz, juspay, gokwik, simpl, lazypay, snapmint, zestmoney, billdesk, eazypay, airpay, mobikwik, freecharge
   shiprocket checkout, fastrr, zaakpay, pine labs, pinelabs, plural, safexpay, ntt data, ntt atom, atom paynetz
   breeze checkout, breeze payments, nimbbl, decentro, open money, open payment gateway, worldline india, payglocal
   upi, bhim, rupay, netbanking, net banking, neft, rtgs, imps, axis bank, sabpaisa, cred pay`,
);

/**
 * An invoice is paid after the goods, but to the merchant or a financing house and never to the courier: nothing is
 * to be collected at the door, which is all that Prepaid says. A shop that wants to see the money first needs no COD
 * rule but a hold of its own.
 */
const europe = whenWords(
  "Prepaid",
  `mollie, ideal, sofort, bancontact, giropay, eps, przelewy24, przelewy 24, p24, blik, tpay, dotpay
   trustly, swish, mobilepay, vipps, twint, postfinance, mb way, mbway, multibanco, bizum, wero, payconiq, belfius
   cartes bancaires, carte bancaire, sepa, gocardless, viva wallet, viva payments, viva com, worldline, nexi
   satispay, scalapay, alma, riverty, billie, ratepay, paydirekt, vorkasse, vorauskasse, überweisung, virement
   bonifico, rechnung, rechnungskauf, invoice, facture, fattura, faktura, net 30
   payment terms, clearpay, laybuy, opayo, sage pay, barclaycard, skrill, neteller, nets easy, quickpay, bambora
   barion, simplepay, gopay, comgate, iyzico, paytr, netopia, paysera, everypay, saferpay, datatrans, multisafepay`,
);

/**
 * Boleto, OXXO, Pix and the like are promises until they are paid, and are paid before the goods leave: the courier
 * collects nothing.
 */
const america = whenWords(
  "Prepaid",
  `square payments, square online, authorize net, authorizenet, braintree, venmo, cash app, affirm, afterpay, sezzle
   zip pay, zip money, zip buy now, quadpay, bread pay, katapult, splitit, bolt checkout, bolt payments
   mercado pago, mercadopago, pix, boleto, pagseguro, pagbank, pagar me, ebanx, dlocal
   oxxo, spei, conekta, kueski, aplazo, addi, wompi, epayco, efecty, pse, webpay, transbank, rapipago
   pago fácil, moneris, interac, e transfer, etransfer, cybersource, payflow, first data, firstdata, nmi, ach`,
);

const elsewhere = whenWords(
  "Prepaid",
  `tabby, tamara, tap payments, myfatoorah, paytabs, hyperpay, moyasar, telr, payfort, geidea, mada, stc pay, knet
   paymob, fawry, xendit, midtrans, gcash, paymaya, paymongo, grabpay, shopeepay, qris, fpx, billplz, ipay88, atome
   promptpay, omise, vnpay, zalopay, momo, line pay, ecpay, komoju, paypay, konbini, kakaopay
   paystack, flutterwave, payfast, yoco, ozow, peach payments, payflex, payjustnow, m pesa, mpesa, eway, windcave`,
);

/** Names that are everyday words: only when nothing stands beside them. "cash" alone is the till of a Shopify POS. */
const everydayWords = whenExactly("Prepaid", "cash, square, bolt, zip, open, breeze, atom, viva");

/**
 * The rules a shop starts with; the first that matches decides. COD stands before Prepaid, so that "Razorpay Cash on
 * Delivery" is COD: taking a prepaid order for COD collects what is open, which is nothing; the other mistake gives
 * the goods away. "manual" is deliberately nowhere: it is whatever the merchant typed an order in for, so it stays
 * unknown and is judged by whether it is paid.
 */
export const defaultPaymentRules: PaymentRule[] = [
  ...denials,
  ...cashOnDelivery,
  ...anywhere,
  ...india,
  ...europe,
  ...america,
  ...elsewhere,
  ...everydayWords,
];
