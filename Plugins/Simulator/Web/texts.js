/** The words of the simulator's pages. */
export const texts = {
    title: 'Customers’ phones',
    explained: 'No text leaves this machine. What you send by SMS lands here, and here you answer as the customer.',
    back: 'Back to the portal',
    signIn: 'Sign in to the portal first.',
    empty: 'No messages yet',
    answer: 'Answer as the customer',
    answerFrom: (/** @type {string} */ number) => `Answer from ${number}`,
    phoneOf: (/** @type {string} */ number) => `Phone ${number}`,
    messagesOf: (/** @type {string} */ number) => `Messages on the phone ${number}`,
    send: 'Send',
    to: 'To',
    newPhone: 'Another customer',
    newPhoneHint: 'A number nobody knows yet writes to you.',
    theirNumber: 'Customer’s number',
    text: 'Text',
    portal: 'The portal, ',
    customer: 'The customer, ',
    cardTitle: 'Try it: be the customer',
    cardText:
        'This portal sends through a simulated carrier. Open the customers’ phones to see what arrives and to answer.',
    cardLink: 'Open the phones',
};
