/** Notifications while the portal is closed, in English. */
export const push = {
    'push.title': 'Also when the portal is closed',
    'push.on': 'This browser tells you of news while it runs, even if no tab of the portal is open.',
    'push.off': 'Off in this browser. When you switch it on, your browser may ask you once.',
    'push.denied': 'Your browser blocks them. Allow notifications for this address in the browser’s site settings.',
    'push.impossible':
        'This browser cannot be told while the portal is closed. On an iPhone, add the portal to the home screen first.',
    'push.not-here': 'Not set up here. Your administrator can switch it on for this portal.',
    'push.failed': 'Your browser’s notification service could not be reached. Please try again later.',
    'push.browsers': 'Browsers that are told',
    'push.since': 'since {when}',
    'push.remove': 'Remove',
    'push.remove-named': 'No longer tell {what}',
    'push.removed': 'That browser is no longer told.',
    'push.invitation': 'Asks you to a video session',
    'push.missed': 'You missed a video session',
    'push.answered': 'The video session was answered elsewhere',
};
